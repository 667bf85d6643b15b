"""Adds what is in the image beside the program to the list that Maven made (CycloneDX).

Arguments: LIST and for each part KIND|ARCH|NAME|VERSION, where KIND is deb or jre.
"""

import json
import sys


def component(kind, arch, name, version):
    if kind == "deb":
        purl = f"pkg:deb/debian/{name}@{version}?arch={arch}"
    else:
        purl = f"pkg:generic/{name}@{version}?arch={arch}"
    return {"type": "library", "name": name, "version": version, "purl": purl, "bom-ref": purl}


def main():
    with open(sys.argv[1]) as file:
        bill = json.load(file)
    new = [component(*text.split("|")) for text in sys.argv[2:]]
    known = {each["bom-ref"] for each in new}
    bill["components"] = [each for each in bill["components"] if each.get("bom-ref") not in known] + new
    with open(sys.argv[1], "w") as file:
        json.dump(bill, file, indent=2)


main()
