package main

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

const (
	allProtocols = 0x0003
	protocolIPv6 = 0x86dd
	bgpPort      = 179
)

// sniff prints a line for each BGP segment that arrives in the present network namespace: when, and its octets.
func sniff() error {
	socket, err := syscall.Socket(syscall.AF_PACKET, syscall.SOCK_DGRAM, int(networkOrder(allProtocols)))
	if err != nil {
		return err
	}
	frame := make([]byte, 1<<16)
	out := bufio.NewWriterSize(os.Stdout, 1<<17)
	for {
		length, from, err := syscall.Recvfrom(socket, frame, 0)
		if errors.Is(err, syscall.EINTR) {
			continue
		}
		if err != nil {
			return err
		}
		at := time.Now()
		link, known := from.(*syscall.SockaddrLinklayer)
		if known && link.Pkttype == syscall.PACKET_OUTGOING {
			continue
		}
		if octets := bgpSegment(frame[:length]); len(octets) > 0 {
			fmt.Fprintln(out, at.UnixNano(), hex.EncodeToString(octets))
			out.Flush()
		}
	}
}

func networkOrder(value uint16) uint16 {
	var octets [2]byte
	binary.BigEndian.PutUint16(octets[:], value)
	return binary.NativeEndian.Uint16(octets[:])
}

// What a TCP segment from or to the BGP port carries; nothing for any other packet.
func bgpSegment(packet []byte) []byte {
	segment := []byte{}
	switch {
	case len(packet) > 40 && packet[0]>>4 == 6 && packet[6] == syscall.IPPROTO_TCP:
		segment = packet[40:min(len(packet), 40+int(binary.BigEndian.Uint16(packet[4:])))]
	case len(packet) > 20 && packet[0]>>4 == 4 && packet[9] == syscall.IPPROTO_TCP:
		segment = packet[4*int(packet[0]&15) : min(len(packet), int(binary.BigEndian.Uint16(packet[2:])))]
	}
	if len(segment) < 20 ||
		(binary.BigEndian.Uint16(segment) != bgpPort && binary.BigEndian.Uint16(segment[2:]) != bgpPort) {
		return nil
	}
	return segment[min(len(segment), 4*int(segment[12]>>4)):]
}

// Notes when the router r gets which BGP segments.
type wireWatch struct {
	process *exec.Cmd
	mutex   sync.Mutex
	seen    []segment
}

type segment struct {
	at     time.Time
	octets []byte
}

func watchWire() (*wireWatch, error) {
	own, err := os.Executable()
	if err != nil {
		return nil, err
	}
	process := exec.Command("ip", "netns", "exec", "r", own, "sniff")
	process.Stderr = os.Stderr
	output, err := process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	watch := &wireWatch{process: process}
	if err := process.Start(); err != nil {
		return nil, err
	}
	go func() {
		lines := bufio.NewScanner(output)
		lines.Buffer(make([]byte, 1<<18), 1<<18)
		for lines.Scan() {
			watch.note(lines.Text())
		}
	}()
	return watch, nil
}

func (w *wireWatch) note(line string) {
	nanos, text, _ := strings.Cut(line, " ")
	at, _ := strconv.ParseInt(nanos, 10, 64)
	octets, _ := hex.DecodeString(text)
	w.mutex.Lock()
	defer w.mutex.Unlock()
	w.seen = append(w.seen, segment{time.Unix(0, at), octets})
}

// When the host route to this address was first on the wire; what came before it is forgotten.
func (w *wireWatch) at(address string) (time.Time, error) {
	parsed, err := netip.ParseAddr(address)
	if err != nil {
		return time.Time{}, err
	}
	wanted := append([]byte{byte(parsed.BitLen())}, parsed.AsSlice()...)
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		w.mutex.Lock()
		for i, one := range w.seen {
			if bytes.Contains(one.octets, wanted) {
				w.seen = w.seen[i+1:]
				w.mutex.Unlock()
				return one.at, nil
			}
		}
		w.mutex.Unlock()
	}
	return time.Time{}, fmt.Errorf("no UPDATE with %s has been seen", address)
}

func (w *wireWatch) close() {
	_ = w.process.Process.Kill()
	_ = w.process.Wait()
}
