package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"net/netip"
	"sync"
	"time"
)

const (
	openType      = 1
	updateType    = 2
	keepaliveType = 4

	headerLength = 19
	longest      = 4096
	holdSeconds  = 180
)

// One family of addresses: how its sessions and routes look.
type family struct {
	name     string
	afi      uint16
	bits     int
	first    netip.Addr
	plain    bool // in the UPDATE's own field instead of MP_REACH_NLRI
	firstOne netip.Addr
}

var families = []family{
	{"/32", 1, 32, netip.MustParseAddr("20.0.0.0"), true, netip.MustParseAddr("30.0.0.0")},
	{"/128", 2, 128, netip.MustParseAddr("2001:db8:20::"), false, netip.MustParseAddr("2001:db8:30::")},
}

// The n-th address after the first.
func plus(first netip.Addr, n int) netip.Addr {
	octets := first.AsSlice()
	last := octets[len(octets)-4:]
	binary.BigEndian.PutUint32(last, binary.BigEndian.Uint32(last)+uint32(n))
	found, _ := netip.AddrFromSlice(octets)
	return found
}

func message(kind byte, body []byte) []byte {
	octets := make([]byte, headerLength, headerLength+len(body))
	for i := range 16 {
		octets[i] = 0xff
	}
	binary.BigEndian.PutUint16(octets[16:], uint16(headerLength+len(body)))
	octets[18] = kind
	return append(octets, body...)
}

func openMessage(asn uint16, id [4]byte, of family) []byte {
	capabilities := []byte{1, 4, 0, byte(of.afi), 0, 1, 65, 4, 0, 0, byte(asn >> 8), byte(asn)}
	body := []byte{4, byte(asn >> 8), byte(asn), 0, holdSeconds, id[0], id[1], id[2], id[3]}
	body = append(body, byte(2+len(capabilities)), 2, byte(len(capabilities)))
	return message(openType, append(body, capabilities...))
}

// Full UPDATEs that announce host routes to these addresses.
func announcements(of family, asn uint16, nextHop netip.Addr, addresses []netip.Addr) []byte {
	origin := []byte{0x40, 1, 1, 0}
	path := []byte{0x40, 2, 6, 2, 1, 0, 0, byte(asn >> 8), byte(asn)}
	each := 1 + of.bits/8
	room := (longest - headerLength - 64) / each
	octets := []byte{}
	for len(addresses) > 0 {
		some := addresses[:min(room, len(addresses))]
		addresses = addresses[len(some):]
		prefixes := make([]byte, 0, len(some)*each)
		for _, address := range some {
			prefixes = append(append(prefixes, byte(of.bits)), address.AsSlice()...)
		}
		attributes := append(append([]byte{}, origin...), path...)
		if of.plain {
			attributes = append(append(attributes, 0x40, 3, 4), nextHop.AsSlice()...)
		} else {
			reach := append([]byte{0, byte(of.afi), 1, 16}, nextHop.AsSlice()...)
			reach = append(append(reach, 0), prefixes...)
			attributes = append(attributes, 0x90, 14, byte(len(reach)>>8), byte(len(reach)))
			attributes = append(attributes, reach...)
			prefixes = nil
		}
		body := append([]byte{0, 0, byte(len(attributes) >> 8), byte(len(attributes))}, attributes...)
		octets = append(octets, message(updateType, append(body, prefixes...))...)
	}
	return octets
}

// How many prefixes an UPDATE announces.
func announced(body []byte, of family) int {
	each := 1 + of.bits/8
	withdrawn := int(binary.BigEndian.Uint16(body))
	attributes := body[2+withdrawn:]
	length := int(binary.BigEndian.Uint16(attributes))
	if of.plain {
		return (len(attributes) - 2 - length) / each
	}
	for rest := attributes[2 : 2+length]; len(rest) > 3; {
		head, size := 3, int(rest[2])
		if rest[0]&0x10 != 0 {
			head, size = 4, int(binary.BigEndian.Uint16(rest[2:]))
		}
		if rest[1] == 14 {
			nextHop := int(rest[head+3])
			return (size - 5 - nextHop) / each
		}
		rest = rest[head+size:]
	}
	return 0
}

// A BGP session of ours with what is measured.
type speaker struct {
	connection net.Conn
	asn        uint16
	own        netip.Addr
	of         family
	// From the start of the connection to the peer's first KEEPALIVE.
	took    time.Duration
	pending []byte
	scratch []byte
	mutex   sync.Mutex
}

func dialSpeaker(of family, asn uint16, own, peer netip.Addr) (*speaker, error) {
	begin := time.Now()
	dialer := net.Dialer{LocalAddr: net.TCPAddrFromAddrPort(netip.AddrPortFrom(own, 0)), Timeout: 5 * time.Second}
	connection, err := dialer.Dial("tcp", netip.AddrPortFrom(peer, bgpPort).String())
	if err != nil {
		return nil, err
	}
	s := &speaker{connection: connection, asn: asn, own: own, of: of, scratch: make([]byte, 1<<20)}
	if err := s.greet(); err != nil {
		connection.Close()
		return nil, err
	}
	s.took = time.Since(begin)
	go s.keepAlive()
	return s, nil
}

func (s *speaker) greet() error {
	id := [4]byte{10, 66, 0, s.own.AsSlice()[s.own.BitLen()/8-1]}
	if err := s.send(openMessage(s.asn, id, s.of)); err != nil {
		return err
	}
	for _, wanted := range []byte{openType, keepaliveType} {
		kind, body, err := s.next(time.Now().Add(20 * time.Second))
		if err != nil {
			return err
		}
		if kind != wanted {
			return fmt.Errorf("a BGP message of type %d instead of %d: %x", kind, wanted, body)
		}
		if kind == openType {
			if err := s.send(message(keepaliveType, nil)); err != nil {
				return err
			}
		}
	}
	return nil
}

func (s *speaker) send(octets []byte) error {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	_, err := s.connection.Write(octets)
	return err
}

func (s *speaker) keepAlive() {
	for s.send(message(keepaliveType, nil)) == nil {
		time.Sleep(holdSeconds / 3 * time.Second)
	}
}

// The next message, with its body.
func (s *speaker) next(deadline time.Time) (byte, []byte, error) {
	for {
		if len(s.pending) >= headerLength {
			length := int(binary.BigEndian.Uint16(s.pending[16:]))
			if len(s.pending) >= length {
				kind, body := s.pending[18], s.pending[headerLength:length]
				s.pending = s.pending[length:]
				return kind, body, nil
			}
		}
		if err := s.connection.SetReadDeadline(deadline); err != nil {
			return 0, nil, err
		}
		count, err := s.connection.Read(s.scratch)
		if count == 0 && err != nil {
			if err == io.EOF {
				return 0, nil, fmt.Errorf("%s has closed the session", s.connection.RemoteAddr())
			}
			return 0, nil, err
		}
		s.pending = append(append([]byte{}, s.pending...), s.scratch[:count]...)
	}
}

// Reads until this many prefixes have been announced: when the first and when the last came, and in how many UPDATEs.
func (s *speaker) receive(count int, patience time.Duration) (first, last time.Time, updates int, err error) {
	for deadline := time.Now().Add(patience); count > 0; {
		kind, body, err := s.next(deadline)
		if err != nil {
			return first, last, updates, fmt.Errorf("%d prefixes are missing: %w", count, err)
		}
		if kind != updateType {
			continue
		}
		if got := announced(body, s.of); got > 0 {
			count -= got
			updates++
			last = time.Now()
			if first.IsZero() {
				first = last
			}
		}
	}
	return first, last, updates, nil
}

func (s *speaker) close() {
	_ = s.connection.Close()
}
