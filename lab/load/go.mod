module lab/load

go 1.25
