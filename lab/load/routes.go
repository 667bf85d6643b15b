package main

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// The router's kernel says when it gets a route.
type routeWatch struct {
	process *exec.Cmd
	lines   *bufio.Scanner
}

func watchRoutes() (*routeWatch, error) {
	process := exec.Command("ip", "-n", "r", "-6", "monitor", "route")
	output, err := process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	err = process.Start()
	time.Sleep(200 * time.Millisecond) // it says nothing when it has begun to listen
	return &routeWatch{process, bufio.NewScanner(output)}, err
}

// The next new BGP route to this address, or to any if that is empty.
func (w *routeWatch) await(address string) (time.Time, error) {
	for w.lines.Scan() {
		line := w.lines.Text()
		fresh := strings.Contains(line, "proto bgp") && !strings.HasPrefix(line, "Deleted")
		if fresh && (address == "" || strings.HasPrefix(line, address+" ")) {
			return time.Now(), nil
		}
	}
	return time.Time{}, errors.New("ip monitor has ended")
}

func (w *routeWatch) close() {
	_ = w.process.Process.Kill()
	_ = w.process.Wait()
}

func (l *lab) routes(count int) error {
	watch, err := watchRoutes()
	if err != nil {
		return err
	}
	defer watch.close()
	times := []float64{}
	for _, name := range numbered("route", count) {
		if err := l.api.call("POST", endpointSlices, newEndpoints(name), nil); err != nil {
			return err
		}
		begin := time.Now()
		made, _, err := l.api.create(name)
		if err != nil {
			return err
		}
		at, err := watch.await(made.addresses())
		if err != nil {
			return err
		}
		times = append(times, milliseconds(at.Sub(begin)))
	}
	return l.have.keep(l.as, times)
}

func (l *lab) firstRoute() error {
	watch, err := watchRoutes()
	if err != nil {
		return err
	}
	defer watch.close()
	begin := time.Now()
	if err := os.WriteFile(filepath.Join(l.dir, "watching"), nil, 0o600); err != nil {
		return err
	}
	at, err := watch.await("")
	if err != nil {
		return err
	}
	return l.have.keep(l.as, milliseconds(at.Sub(begin)))
}

// One create while the controller starts: when it has its address, counted from the start of the process.
func (l *lab) fresh(since time.Time) error {
	watch, err := l.api.watchStatuses()
	if err != nil {
		return err
	}
	defer watch.close()
	made, took, err := l.api.create(l.as)
	if err != nil {
		return err
	}
	seen, err := watch.await([]string{l.as}, 20*time.Minute)
	if err != nil {
		return err
	}
	return l.have.keep(l.as, object{
		"answer": milliseconds(took), "addressed": made.addresses() != "", "seconds": seen[l.as].Sub(since).Seconds(),
	})
}
