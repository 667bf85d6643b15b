# shellcheck shell=bash disable=SC2154,SC2034  # here: set by image/build
# What the parts of the image build share.

# The one name of the image; kubernetes/ and the addon have it too.
image_name=ghcr.io/twinstack/twinstack

say() { echo "image: $*" >&2; }

die() {
    say "$*"
    exit 1
}

wrong_use() {
    say "$* (see --help)"
    exit 2
}

own_architecture() {
    case $(uname -m) in
        x86_64) echo amd64 ;;
        aarch64 | arm64) echo arm64 ;;
        *) uname -m ;;
    esac
}

# The libraries' directory of an architecture, as Debian names it.
triplet() {
    case $1 in
        amd64) echo x86_64-linux-gnu ;;
        arm64) echo aarch64-linux-gnu ;;
    esac
}

# project_value TAG: the first of that name in pom.xml.
project_value() {
    sed -n "s#^ *<$1>\(.*\)</$1>.*#\1#p" "$here/../pom.xml" | head -n 1
}

# Downloads stay here between builds.
download_directory() {
    local folder=${XDG_CACHE_HOME:-$HOME/.cache}/twinstack/image
    mkdir -p "$folder"
    echo "$folder"
}
