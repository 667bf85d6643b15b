package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// A process of the lab, by the name of its file in DIR/run.
type process struct {
	name string
	id   int
}

func findProcesses(dir, names string) ([]process, error) {
	var found []process
	for _, name := range strings.Split(names, ",") {
		if name == "" {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, "run", name+".pid"))
		if err != nil {
			return nil, err
		}
		id, err := strconv.Atoi(strings.TrimSpace(string(text)))
		if err != nil {
			return nil, err
		}
		found = append(found, process{name, id})
	}
	return found, nil
}

// User and system time so far, in seconds.
func (p process) processorTime() float64 {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", p.id))
	if err != nil {
		return 0
	}
	// After the name, which may hold blanks: fields 14 and 15 of stat, in hundredths.
	fields := bytes.Fields(text[bytes.LastIndexByte(text, ')')+1:])
	user, _ := strconv.ParseFloat(string(fields[11]), 64)
	system, _ := strconv.ParseFloat(string(fields[12]), 64)
	return (user + system) / 100
}

func (l *lab) processorTimes() counts {
	times := counts{}
	for _, one := range l.processes {
		times["processor "+one.name] = one.processorTime()
	}
	return times
}

func (l *lab) spentSince(before counts) counts {
	spent := l.processorTimes()
	spent.plus(before, -1)
	return spent
}
