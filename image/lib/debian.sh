# shellcheck shell=bash disable=SC2154  # out: set by image/build
# glibc and zlib from Debian's or Ubuntu's packages, whose signatures apt checks.

packages=(libc6 zlib1g)

# What the JVM and its libraries link against; names are looked up through DNS and /etc/hosts.
glibc_files() {
    case $1 in
        amd64) echo ld-linux-x86-64.so.2 ;;
        arm64) echo ld-linux-aarch64.so.1 ;;
    esac
    printf '%s\n' libc.so.6 libm.so.6 libdl.so.2 libpthread.so.0 librt.so.1 libresolv.so.2 libnss_dns.so.2 \
        libnss_files.so.2 libz.so.1
}

# glibc ARCH ROOT
glibc() {
    local arch=$1 root=$2 folder name from
    folder=$out/debian/$arch
    rm -rf "$folder"
    mkdir -p "$folder" "$root/lib/$(triplet "$arch")" "$root/lib64" "$root/usr/share/doc"
    for name in "${packages[@]}"; do
        package "$arch" "$name" >"$folder/$name.path" || return 1
        dpkg-deb --extract "$(cat "$folder/$name.path")" "$folder/files"
        mkdir -p "$root/usr/share/doc/$name"
        cp -L "$folder/files/usr/share/doc/$name/copyright" "$root/usr/share/doc/$name/"
    done
    for name in $(glibc_files "$arch"); do
        from=$(find "$folder/files" -path "*/$(triplet "$arch")/$name" | head -n 1)
        [[ -n $from ]] || { say "$arch: the packages hold no $name" && return 1; }
        cp -L "$from" "$root/lib/$(triplet "$arch")/$name"
    done
    case $arch in
        amd64) ln -s ../lib/x86_64-linux-gnu/ld-linux-x86-64.so.2 "$root/lib64/" ;;
        arm64)
            rmdir "$root/lib64"
            ln -s aarch64-linux-gnu/ld-linux-aarch64.so.1 "$root/lib/"
            ;;
    esac
    chmod 755 "$root/lib/$(triplet "$arch")"/ld-linux-*
}

# package ARCH NAME: prints where the package file is. The version is that of this machine, whatever architecture is
# wanted, so that the same machine makes the same image; where the archive has it no longer, the newest, and it says so.
package() {
    local arch=$1 name=$2 folder version
    command -v apt-get >/dev/null || { say "glibc comes from Debian's packages: this machine has no apt" && return 1; }
    folder=$(download_directory)
    prepare_apt "$arch" >&2 || return 1
    version=$(dpkg-query --show --showformat='${Version}\n' "$name" 2>/dev/null | head -n 1)
    if [[ -s $folder/${name}_${version//:/%3a}_$arch.deb ]]; then
        echo "$folder/${name}_${version//:/%3a}_$arch.deb"
        return
    fi
    if ! (cd "$folder" && apt_of "$arch" apt-get -q download "$name=$version") >"$out/apt.log" 2>&1; then
        say "$arch: the package archive has no $name $version, as installed here; taking its newest"
        version=$(apt_of "$arch" apt-cache show --no-all-versions "$name" | sed -n 's/^Version: //p')
        if [[ ! -s $folder/${name}_${version//:/%3a}_$arch.deb ]]; then
            (cd "$folder" && apt_of "$arch" apt-get -q download "$name=$version") >"$out/apt.log" 2>&1 || {
                tail -n 5 "$out/apt.log" >&2
                return 1
            }
        fi
    fi
    echo "$folder/${name}_${version//:/%3a}_$arch.deb"
}

# apt for an architecture, with lists of its own: the machine's are not touched, and no root is needed.
apt_of() {
    local arch=$1 state
    shift
    state=$(download_directory)/apt-$arch
    "$1" -o Dir::Etc::SourceList="$state/sources.list" -o Dir::Etc::SourceParts=- -o Dir::State="$state" \
        -o Dir::State::Lists="$state/lists" -o Dir::State::status="$state/status" -o Dir::Cache="$state/cache" \
        -o APT::Architecture="$arch" -o APT::Architectures="$arch" -o APT::Sandbox::User= "${@:2}"
}

# The lists of the machine's own Debian or Ubuntu sources, read again once a day.
prepare_apt() {
    local arch=$1 state
    state=$(download_directory)/apt-$arch
    if [[ -n $(find "$state/read" -mmin -1440 2>/dev/null) ]]; then return; fi
    mkdir -p "$state/lists/partial" "$state/cache/archives/partial"
    : >"$state/status"
    # shellcheck disable=SC2016  # apt's own variables
    apt-get indextargets --format 'deb [arch='"$arch"'] $(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
        grep -E 'debian|ubuntu' | grep ' main$' | sort -u >"$state/sources.list"
    # Ubuntu keeps its other architectures elsewhere.
    if [[ $arch != amd64 && $(own_architecture) == amd64 ]]; then
        sed -i -E 's#http://[a-z.]*(archive|security).ubuntu.com/ubuntu/?#http://ports.ubuntu.com/ubuntu-ports/#' "$state/sources.list"
    fi
    apt_of "$arch" apt-get -q update >"$out/apt.log" 2>&1 || {
        tail -n 5 "$out/apt.log" >&2
        say "$arch: apt can't read the package lists"
        return 1
    }
    touch "$state/read"
}
