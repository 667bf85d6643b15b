package main

import (
	"encoding/json"
	"os"
)

// What was measured so far: DIR/bench.json.
type results struct{ file string }

func (r *results) all() (map[string]json.RawMessage, error) {
	known := map[string]json.RawMessage{}
	text, err := os.ReadFile(r.file)
	if os.IsNotExist(err) {
		return known, nil
	}
	if err != nil {
		return nil, err
	}
	return known, json.Unmarshal(text, &known)
}

func (r *results) keep(name string, value any) error {
	known, err := r.all()
	if err != nil {
		return err
	}
	if known[name], err = json.Marshal(value); err != nil {
		return err
	}
	text, err := json.Marshal(known)
	if err != nil {
		return err
	}
	return os.WriteFile(r.file, text, 0o600)
}

// Reads a result; says whether it is there.
func (r *results) read(name string, into any) (bool, error) {
	known, err := r.all()
	if err != nil || known[name] == nil {
		return false, err
	}
	return true, json.Unmarshal(known[name], into)
}
