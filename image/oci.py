"""Writes an OCI archive: layers from directories, a configuration per architecture, one index.

The same directories give the same digests: entries are sorted, owned by root and have one time stamp.
Layers are written with Python's tarfile, because Jib and buildah know no file capabilities without being root,
and Jib puts one architecture into an archive only.

Arguments: PLAN (a JSON file, see image/build) and ARCHIVE.
"""

import gzip
import hashlib
import io
import json
import os
import stat
import sys
import tarfile

MEDIA = "application/vnd.oci.image."
# capabilities(7), VFS_CAP_REVISION_2: the permitted set, not made effective. What a pod is not granted is left out.
REVISION = 0x02000000


def capability_value(numbers):
    permitted = sum(1 << number for number in numbers)
    words = [REVISION, permitted & 0xFFFFFFFF, 0, permitted >> 32, 0]
    return b"".join(word.to_bytes(4, "little") for word in words)


def entry(path, name, plan):
    info = tarfile.TarInfo(name)
    status = os.lstat(path)
    info.mtime = plan["time"]
    info.uname = info.gname = "root"
    if stat.S_ISLNK(status.st_mode):
        info.type, info.linkname, info.mode = tarfile.SYMTYPE, os.readlink(path), 0o777
    elif stat.S_ISDIR(status.st_mode):
        info.type, info.mode = tarfile.DIRTYPE, 0o1777 if name == "tmp" else 0o755
    else:
        info.size, info.mode = status.st_size, 0o755 if status.st_mode & 0o111 else 0o644
    numbers = plan["capabilities"].get("/" + name)
    if numbers:
        value = capability_value(numbers).decode("utf-8", "surrogateescape")
        info.pax_headers = {"SCHILY.xattr.security.capability": value}
    return info


def names_below(root):
    for folder, folders, files in os.walk(root):
        folders.sort()
        for name in folders + files:
            yield os.path.relpath(os.path.join(folder, name), root)


def layer(root, plan):
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name in sorted(names_below(root)):
            path = os.path.join(root, name)
            info = entry(path, name, plan)
            if info.isreg():
                with open(path, "rb") as content:
                    tar.addfile(info, content)
            else:
                tar.addfile(info)
    return plain.getvalue()


class Layout:
    """An OCI image layout in a tar file."""

    def __init__(self, archive, time):
        self.tar = tarfile.open(archive, "w", format=tarfile.USTAR_FORMAT)
        self.time = time
        self.written = set()
        self.add("oci-layout", b'{"imageLayoutVersion":"1.0.0"}')

    def add(self, name, content):
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = len(content), self.time, 0o644
        self.tar.addfile(info, io.BytesIO(content))

    def blob(self, content, media):
        digest = hashlib.sha256(content).hexdigest()
        if digest not in self.written:
            self.written.add(digest)
            self.add("blobs/sha256/" + digest, content)
        return {"mediaType": MEDIA + media, "digest": "sha256:" + digest, "size": len(content)}


def as_json(value):
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def image(layout, architecture, plan):
    layers, diffs, history = [], [], []
    for part in plan["layers"]:
        plain = layer(os.path.join(architecture["root"], part), plan)
        diffs.append("sha256:" + hashlib.sha256(plain).hexdigest())
        packed = gzip.compress(plain, 6, mtime=0)
        layers.append(layout.blob(packed, "layer.v1.tar+gzip"))
        history.append({"created": plan["created"], "created_by": "make image: " + part})
        size = len(packed) / 1e6
        print(f"  {architecture['name']} {part}: {len(plain) / 1e6:.1f} MB, packed {size:.1f} MB", file=sys.stderr)
        if plan.get("keep"):
            with open(os.path.join(architecture["root"], part + ".tar.gz"), "wb") as file:
                file.write(packed)
    config = {
        "architecture": architecture["name"],
        "os": "linux",
        "created": plan["created"],
        "config": plan["config"],
        "rootfs": {"type": "layers", "diff_ids": diffs},
        "history": history,
    }
    manifest = {
        "schemaVersion": 2,
        "mediaType": MEDIA + "manifest.v1+json",
        "config": layout.blob(as_json(config), "config.v1+json"),
        "layers": layers,
    }
    descriptor = layout.blob(as_json(manifest), "manifest.v1+json")
    return descriptor | {"platform": {"os": "linux", "architecture": architecture["name"]}}


def main():
    with open(sys.argv[1]) as file:
        plan = json.load(file)
    layout = Layout(sys.argv[2], plan["time"])
    manifests = [image(layout, architecture, plan) for architecture in plan["architectures"]]
    index = {"schemaVersion": 2, "mediaType": MEDIA + "index.v1+json", "manifests": manifests}
    descriptor = layout.blob(as_json(index), "index.v1+json")
    # containerd (ctr image import, MicroK8s' sideload directory) takes the name from the first, skopeo from the second.
    annotations = {
        "io.containerd.image.name": plan["name"],
        "org.opencontainers.image.ref.name": plan["name"].rsplit(":", 1)[1],
    }
    layout.add("index.json", as_json({"schemaVersion": 2, "manifests": [descriptor | {"annotations": annotations}]}))
    layout.tar.close()
    print(descriptor["digest"])


main()
