module image/launcher

go 1.25
