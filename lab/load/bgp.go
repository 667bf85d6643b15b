package main

import (
	"bufio"
	"fmt"
	"net"
	"net/netip"
	"os"
	"strings"
	"time"
)

const (
	feederAsn   = 64601
	receiverAsn = 64602
)

// Who gives the daemon its routes.
type feeder interface {
	// The receivers to come; nothing for who takes any.
	expect(of family, receivers []netip.Addr) error
	// Host routes to these addresses. Returns when they are on their way.
	announce(of family, addresses []netip.Addr) error
	close()
}

// A neighbour of the daemon.
type neighbour struct {
	peer    map[string]netip.Addr
	session *speaker
}

func (n *neighbour) expect(family, []netip.Addr) error { return nil }

func (n *neighbour) announce(of family, addresses []netip.Addr) error {
	if n.session != nil && n.session.of.name != of.name {
		n.close()
	}
	if n.session == nil {
		session, err := dialSpeaker(of, feederAsn, host(of, 2), n.peer[of.name])
		if err != nil {
			return fmt.Errorf("feeding: %w", err)
		}
		n.session = session
		go session.drain()
	}
	return n.session.send(announcements(of, feederAsn, host(of, 2), addresses))
}

func (n *neighbour) close() {
	if n.session != nil {
		n.session.close()
		n.session = nil
	}
}

// Takes what comes and forgets it.
func (s *speaker) drain() {
	for {
		if _, _, err := s.next(time.Now().Add(time.Hour)); err != nil {
			return
		}
	}
}

// Twinstack's engine, which is told its routes by lines of text (EngineUnderLoad).
type engine struct {
	connection net.Conn
	answers    *bufio.Scanner
}

func dialEngine(address string) (*engine, error) {
	connection, err := net.Dial("tcp", address)
	if err != nil {
		return nil, err
	}
	return &engine{connection, bufio.NewScanner(connection)}, nil
}

func (e *engine) expect(of family, receivers []netip.Addr) error {
	texts := []string{}
	for _, one := range receivers {
		texts = append(texts, one.String())
	}
	if err := e.say("peers " + strings.Join(texts, " ")); err != nil {
		return err
	}
	return e.answer()
}

// A line for a run of addresses. The answer is only waited for where there are many.
func (e *engine) announce(of family, addresses []netip.Addr) error {
	err := e.say(fmt.Sprintf("routes %s %d", addresses[0], len(addresses)))
	if err != nil || len(addresses) == 1 {
		return err
	}
	return e.answer()
}

func (e *engine) say(line string) error {
	_, err := fmt.Fprintln(e.connection, line)
	return err
}

func (e *engine) answer() error {
	for e.answers.Scan() {
		if e.answers.Text() == "ok" {
			return nil
		}
	}
	return fmt.Errorf("Twinstack's engine has ended")
}

func (e *engine) close() { _ = e.connection.Close() }

// The n-th address of this side.
func host(of family, n int) netip.Addr {
	if of.plain {
		return plus(netip.MustParseAddr("10.66.0.0"), n)
	}
	return plus(netip.MustParseAddr("fd66::"), n)
}

func addresses(first netip.Addr, count int) []netip.Addr {
	found := make([]netip.Addr, count)
	for i := range found {
		found[i] = plus(first, i)
	}
	return found
}

// What was measured of one daemon in one family.
type bgpResult struct {
	Routes    int       `json:"routes"`
	Announced int       `json:"announced"`
	Establish []float64 `json:"establish"`
	Originate []float64 `json:"originate"`
	Complete  []float64 `json:"complete"`
	Updates   int       `json:"updates"`
	Change    []float64 `json:"change"`
	Single    bool      `json:"single"`
}

func openFeeder(address string) (feeder, error) {
	if address != "" {
		return dialEngine(address)
	}
	return &neighbour{peer: map[string]netip.Addr{
		families[0].name: host(families[0], 254), families[1].name: host(families[1], 254),
	}}, nil
}

// Each run has a receiver with an address of its own: no daemon makes one wait that it has just lost.
func (l *lab) bgp(count, runs int, engineAddress string) error {
	from, err := openFeeder(engineAddress)
	if err != nil {
		return err
	}
	defer from.close()
	for _, of := range families {
		found := bgpResult{Routes: count, Single: true}
		if err := l.originate(from, of, count, runs, &found); err != nil {
			return fmt.Errorf("%s, %s: %w", l.as, of.name, err)
		}
		if err := l.have.keep(l.as+of.name, found); err != nil {
			return err
		}
	}
	return nil
}

func (l *lab) originate(from feeder, of family, count, runs int, found *bgpResult) error {
	// The first is not counted: when it has everything, the daemon has it too, and is warm.
	for run := range runs + 1 {
		own := host(of, 20+run)
		if err := from.expect(of, []netip.Addr{own}); err != nil {
			return err
		}
		if run == 0 {
			if err := from.announce(of, addresses(of.first, count)); err != nil {
				return err
			}
		}
		begin := time.Now()
		took, originated, err := receiveAll(of, own, count, found)
		if err != nil {
			return err
		}
		if run > 0 {
			found.Establish = append(found.Establish, milliseconds(took))
			found.Originate = append(found.Originate, milliseconds(originated))
			found.Complete = append(found.Complete, milliseconds(time.Since(begin)))
		}
	}
	return nil
}

func receiveAll(of family, own netip.Addr, count int, found *bgpResult) (took, originated time.Duration, err error) {
	session, err := dialSpeaker(of, receiverAsn, own, host(of, 254))
	if err != nil {
		return 0, 0, err
	}
	defer session.close()
	first, last, updates, err := session.receive(count, time.Minute)
	found.Updates = updates
	return session.took, last.Sub(first), err
}

// One more prefix, again and again: when its UPDATE arrives, and whether that is the only one.
func (l *lab) changes(count, runs int, engineAddress string) error {
	from, err := openFeeder(engineAddress)
	if err != nil {
		return err
	}
	defer from.close()
	of, own := families[0], host(families[0], 20)
	if err := from.expect(of, []netip.Addr{own}); err != nil {
		return err
	}
	if err := from.announce(of, addresses(of.first, count)); err != nil {
		return err
	}
	receiver, err := dialSpeaker(of, receiverAsn, own, host(of, 254))
	if err != nil {
		return err
	}
	defer receiver.close()
	if _, _, _, err := receiver.receive(count, time.Minute); err != nil {
		return err
	}
	found := bgpResult{Announced: count, Single: true}
	for run := range runs + runs/5 {
		time.Sleep(20 * time.Millisecond)
		begin := time.Now()
		if err := from.announce(of, []netip.Addr{plus(of.firstOne, run)}); err != nil {
			return err
		}
		_, last, updates, err := receiver.receive(1, 30*time.Second)
		if err != nil {
			return err
		}
		found.Single = found.Single && updates == 1
		if run >= runs/5 {
			found.Change = append(found.Change, milliseconds(last.Sub(begin)))
		}
	}
	return l.have.keep(l.as, found)
}

// So many receivers with so many routes each; touches DIR/holding and stays until DIR/release is there.
func (l *lab) hold(count, peers int, engineAddress string) error {
	from, err := openFeeder(engineAddress)
	if err != nil {
		return err
	}
	defer from.close()
	of := families[0]
	receivers := addresses(host(of, 20), peers)
	if err := from.expect(of, receivers); err != nil {
		return err
	}
	if err := from.announce(of, addresses(of.first, count)); err != nil {
		return err
	}
	// All at once: FRR lets each session wait a second for its first UPDATE.
	errs := make(chan error, peers)
	for _, own := range receivers {
		go func() { errs <- holdOne(of, own, count) }()
	}
	for range receivers {
		if err := <-errs; err != nil {
			return err
		}
	}
	if err := os.WriteFile(l.dir+"/holding", nil, 0o600); err != nil {
		return err
	}
	for {
		if _, err := os.Stat(l.dir + "/release"); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// A session that stays, with all routes.
func holdOne(of family, own netip.Addr, count int) error {
	session, err := dialSpeaker(of, receiverAsn, own, host(of, 254))
	if err != nil {
		return err
	}
	if _, _, _, err := session.receive(count, time.Minute); err != nil {
		return err
	}
	go session.drain()
	return nil
}
