// Command load puts Services into the lab's API server and measures what becomes of them. See `load help`.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

const usage = `Usage: load COMMAND --dir DIR [OPTION...]     (a part of lab/bench; DIR is a lab directory)

  overhead --size N --count N    creates with and without the webhooks, in blocks that take turns
  burst --count N --clients N    creates at once; when answers and statuses have come
  delete --count N               deletes Services, and waits until their addresses are counted as free
  fresh --since NANOS            one create, tried again if need be; when it has its address, counted from NANOS
  routes --count N --size N      from a create to the route in the router's kernel, step by step
  endpoints --clients N          gives all Services an endpoint, so that they are announced
  sniff                          prints when which BGP octets arrive in this network namespace
  first-route                    from now to the first route in the router's kernel; touches DIR/watching
  bgp --count N --runs N         a daemon in r: sessions with it, N routes from it, of both families
  change --count N --runs N      a daemon in r with N routes: from one more to its UPDATE
  hold --count N --peers N       N routes for N peers of it; touches DIR/holding, ends with DIR/release
  rest --seconds N               counts the writes while nothing changes
  note --value TEXT              keeps a value for the table
  table [--metallb|--bgp]          the results as a Markdown table
  --as NAME                      the name under which the results are kept in DIR/bench.json
  --engine ADDRESS:PORT          the daemon is Twinstack's engine and told by lines of text, not by a neighbour
  --processes NAME,...           whose processor time is kept with the results of overhead, burst, delete`

// What all commands share.
type lab struct {
	dir       string
	as        string
	env       map[string]string
	api       *api
	have      *results
	processes []process
}

func main() {
	if len(os.Args) < 2 || os.Args[1] == "help" {
		fmt.Println(usage)
		return
	}
	if os.Args[1] == "sniff" {
		fmt.Fprintln(os.Stderr, "load:", sniff())
		os.Exit(1)
	}
	if err := run(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, "load:", err)
		os.Exit(1)
	}
}

func run(command string, arguments []string) error {
	flags := flag.NewFlagSet(command, flag.ExitOnError)
	dir := flags.String("dir", "", "")
	as := flags.String("as", command, "")
	count := flags.Int("count", 100, "")
	size := flags.Int("size", 0, "")
	clients := flags.Int("clients", 8, "")
	processes := flags.String("processes", "", "")
	since := flags.Int64("since", 0, "")
	seconds := flags.Int("seconds", 10, "")
	value := flags.String("value", "", "")
	metallb := flags.Bool("metallb", false, "")
	ofBgp := flags.Bool("bgp", false, "")
	runs := flags.Int("runs", 5, "")
	peers := flags.Int("peers", 1, "")
	engine := flags.String("engine", "", "")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	l, err := open(*dir, *as)
	if err != nil {
		return err
	}
	if l.processes, err = findProcesses(*dir, *processes); err != nil {
		return err
	}
	switch command {
	case "overhead":
		return l.overhead(*size, *count)
	case "burst":
		return l.burst(*count, *clients)
	case "delete":
		return l.remove(*count, *clients)
	case "fresh":
		return l.fresh(time.Unix(0, *since))
	case "routes":
		return l.routes(*count, *size)
	case "endpoints":
		return l.endpoints(*clients)
	case "first-route":
		return l.firstRoute()
	case "rest":
		return l.rest(time.Duration(*seconds) * time.Second)
	case "bgp":
		return l.bgp(*count, *runs, *engine)
	case "change":
		return l.changes(*count, *runs, *engine)
	case "hold":
		return l.hold(*count, *peers, *engine)
	case "note":
		return l.have.keep(l.as, *value)
	case "table":
		if *ofBgp {
			return l.bgpTable()
		}
		return l.table(*metallb)
	}
	return fmt.Errorf("unknown command %s (see load help)", command)
}

func open(dir, as string) (*lab, error) {
	env, err := readEnv(filepath.Join(dir, "env"))
	if err != nil {
		return nil, err
	}
	have := &results{filepath.Join(dir, "bench.json")}
	if env["API_SERVER"] == "" {
		return &lab{dir: dir, as: as, env: env, have: have}, nil
	}
	token, err := adminToken(filepath.Join(dir, "pki/tokens.csv"))
	if err != nil {
		return nil, err
	}
	access, err := newAPI(env["API_SERVER"], env["API_CA"], token)
	if err != nil {
		return nil, err
	}
	return &lab{dir: dir, as: as, env: env, api: access, have: have}, nil
}

func readEnv(file string) (map[string]string, error) {
	env := map[string]string{}
	err := eachLine(file, func(line string) {
		key, value, _ := strings.Cut(line, "=")
		env[key] = value
	})
	return env, err
}

func adminToken(file string) (string, error) {
	token := ""
	err := eachLine(file, func(line string) {
		if fields := strings.Split(line, ","); len(fields) > 1 && fields[1] == "admin" {
			token = fields[0]
		}
	})
	return token, err
}

func eachLine(file string, use func(string)) error {
	opened, err := os.Open(file)
	if err != nil {
		return err
	}
	defer opened.Close()
	for lines := bufio.NewScanner(opened); lines.Scan(); {
		use(lines.Text())
	}
	return nil
}
