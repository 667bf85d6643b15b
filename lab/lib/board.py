"""Shows the demo on one screen; with --check also says what is missing. Arguments: DIR [--check]."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

PRIVATE = bool(os.environ.get("TWINSTACK_LAB_PRIVATE"))
LAB = Path(__file__).resolve().parent.parent
CHECK_SECONDS = 60
REFUSED = "50-service-refused.yaml"
WANTED = {"nginx": ["IPv6"], "web": ["IPv4", "IPv6"], "web-wanted": ["IPv4"]}
CERTAIN_ADDRESS = ("web-wanted", "192.168.10.100")

directory = Path(sys.argv[1])
env = dict(line.split("=", 1) for line in (directory / "env").read_text().splitlines())


def output(*command, timeout=10):
    """What a command prints, or nothing when it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout if done.returncode == 0 else ""


def parsed(text, otherwise):
    try:
        return json.loads(text)
    except ValueError:
        return otherwise


def inside(netns, *command):
    return ("ip", "netns", "exec", netns, *command) if PRIVATE else command


def items_of(document, *names):
    """A list, whether it stands alone or under one of the names."""
    if isinstance(document, dict):
        document = next((document[name] for name in names if name in document), [])
    return document


def answers():
    file = directory / "answers.jsonl"
    return [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []


def services():
    text = output(env["KUBECTL"], "--kubeconfig", env["KUBECONFIG"], "get", "services", "-A", "-o", "json")
    found = [s for s in parsed(text, {}).get("items", []) if s["spec"].get("type") == "LoadBalancer"]
    return [
        {
            "name": s["metadata"]["name"],
            "families": s["spec"].get("ipFamilies", []),
            "cluster": s["spec"].get("clusterIPs", []),
            "addresses": [i["ip"] for i in s["status"].get("loadBalancer", {}).get("ingress", []) if "ip" in i],
        }
        for s in found
    ]


def sessions():
    text = output(*inside("n1", "curl", "-fsS", "--max-time", "2", env["HTTP"] + "/api/v1/sessions"))
    return items_of(parsed(text, []), "sessions", "items")


def families(names):
    return " ".join(sorted(str(name).lower().replace("_", "") for name in names or [])) or "-"


def router(*commands):
    return output(str(LAB / "router"), "show", "--dir", str(directory), "--name", "r", *commands)


def frr_routes():
    """The router's table as it prints it, without the legend, and the prefixes in it."""
    prefixes, shown = set(), []
    for family in ("ipv4", "ipv6"):
        table = parsed(router(f"show bgp {family} unicast json"), {})
        prefixes |= set(table.get("routes", {}))
        lines = router(f"show bgp {family} unicast").splitlines()
        start = next((n for n, line in enumerate(lines) if "Network" in line), len(lines))
        shown += [line for line in lines[start:] if line.strip() and not line.startswith("Displayed")]
    return shown, prefixes


def own_routes():
    table = items_of(parsed(output("curl", "-fsS", "http://127.0.0.1:7480/api/routes"), []), "routes", "items")
    rows = [f"{r.get('prefix', ''):<30} via {', '.join(r.get('nextHops', []))}" for r in table]
    return rows, {r.get("prefix", "") for r in table}


def prefix(address):
    return f"{address}/{128 if ':' in address else 32}"


def fetched(address):
    host = f"[{address}]" if ":" in address else address
    return output(*inside("c", "curl", "-fsS", "--max-time", "2", f"http://{host}/")).strip()


def table(title, head, rows):
    print(f"\n{title}")
    widths = [max(len(str(row[n])) for row in [head, *rows]) for n in range(len(head))]
    for row in [head, *rows]:
        print("  " + "  ".join(str(cell).ljust(width) for cell, width in zip(row, widths)).rstrip())


def look():
    """Everything the screen shows, asked once."""
    found = {"answers": answers(), "services": services(), "sessions": sessions(), "fetched": {}}
    found["shown"], found["prefixes"] = frr_routes() if env["ROUTER"] == "frr" else own_routes()
    if PRIVATE:
        for service in found["services"]:
            for address in service["addresses"]:
                found["fetched"][address] = fetched(address)
    return found


def show(found):
    rows = []
    for answer in found["answers"]:
        text = answer.get("text", "").strip().split(" denied the request: ")[-1]
        said = answer.get("addresses") or "accepted" if answer["ok"] else "REFUSED " + text
        rows.append((answer["file"], answer.get("what", ""), (answer["ms"] or "?") + " ms", said))
    table("WHAT kubectl apply ANSWERED", ("file", "object", "answered in", "addresses"), rows)
    rows = [(s["name"], " ".join(s["cluster"]), " ".join(s["addresses"]) or "<pending>") for s in found["services"]]
    table("SERVICES", ("name", "cluster addresses", "load balancer addresses"), rows)
    rows = [
        (
            s.get("peer", "?"),
            s.get("state", "?"),
            families(s.get("offeredFamilies")),
            families(s.get("peerFamilies")),
            families(s.get("families")),
        )
        for s in found["sessions"]
    ]
    table("BGP SESSIONS (Twinstack)", ("peer", "state", "we offer", "router offers", "negotiated"), rows)
    print("\nROUTES, as the router prints them" + (" (FRR)" if env["ROUTER"] == "frr" else " (Twinstack's router role)"))
    print("\n".join("  " + line for line in found["shown"]) or "  none")
    if PRIVATE:
        rows = [(address, answer or "NO ANSWER") for address, answer in found["fetched"].items()]
        table("HTTP from client c, through the router and kube-proxy", ("address", "answer"), rows)


def missing(found):
    """What the demo promises and does not hold, in words."""
    lacks = []
    known = {service["name"]: service for service in found["services"]}
    given = {a.get("name"): a.get("addresses", "") for a in found["answers"] if a["ok"] and a.get("kind") == "Service"}
    for answer in found["answers"]:
        if answer["ok"] == (answer["file"] == REFUSED):
            lacks.append(f"{answer['file']}: {'was not refused' if answer['ok'] else answer['text'].strip()}")
    for name, wanted in WANTED.items():
        service = known.get(name, {"addresses": [], "families": []})
        has = ["IPv6" if ":" in address else "IPv4" for address in service["addresses"]]
        if sorted(has) != sorted(wanted):
            lacks.append(f"Service {name}: has {has or 'no address'}, wants {wanted}")
        answered = sorted(part.strip() for part in given.get(name, "").split(",") if part.strip())
        if answered != sorted(service["addresses"]) or not answered:
            lacks.append(f"Service {name}: kubectl's answer had {answered}, its status has {service['addresses']}")
        for address in service["addresses"]:
            if prefix(address) not in found["prefixes"]:
                lacks.append(f"router: no route to {prefix(address)}")
            if PRIVATE and not found["fetched"].get(address):
                lacks.append(f"client: no HTTP from {address}")
    if CERTAIN_ADDRESS[1] not in known.get(CERTAIN_ADDRESS[0], {}).get("addresses", []):
        lacks.append(f"Service {CERTAIN_ADDRESS[0]}: did not get {CERTAIN_ADDRESS[1]}")
    if not any(families(s.get("families")) == "ipv4 ipv6" for s in found["sessions"]):
        lacks.append("no BGP session with both families")
    return lacks


def main():
    if "--check" not in sys.argv:
        show(look())
        return 0
    deadline = time.monotonic() + CHECK_SECONDS
    found = look()
    while missing(found) and time.monotonic() < deadline:
        time.sleep(0.5)
        found = look()
    show(found)
    lacks = missing(found)
    print("\n" + ("MISSING\n  " + "\n  ".join(lacks) if lacks else "CHECKED: all of this is as it should be."))
    return 1 if lacks else 0


try:
    sys.exit(main())
except KeyboardInterrupt:
    sys.exit(130)
