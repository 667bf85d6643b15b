// The entry point of the image: /usr/bin/twinstack. There is no shell in it to run src/main/launcher/twinstack.
//
// Kubernetes gives a process that is not root none of the capabilities its pod asks for, unless the program file
// says that it takes them. This file does (image/oci.py writes that into the image), and hands those that were
// granted to the JVM as ambient capabilities. On the JVM's own file they would switch off how it finds its
// libraries, and where they are not granted it would not start at all.
package main

import (
	"os"
	"runtime"
	"syscall"
	"unsafe"
)

const (
	java    = "/opt/jre/bin/java"
	options = "@/opt/twinstack/jvm.options"
	program = "/opt/twinstack/quarkus-run.jar"
)

// See capabilities(7), capget(2) and prctl(2).
const (
	capabilityVersion3 = 0x20080522
	prCapAmbient       = 47
	prCapAmbientRaise  = 2
)

type header struct {
	version uint32
	pid     int32
}

type capabilities [2]struct{ effective, permitted, inheritable uint32 }

func main() {
	// Capabilities and exec belong to one thread.
	runtime.LockOSThread()
	if os.Getuid() != 0 {
		passOnCapabilities()
	}
	arguments := append([]string{java, options, "-jar", program}, os.Args[1:]...)
	fail("can't run "+java, syscall.Exec(java, arguments, os.Environ()))
}

func passOnCapabilities() {
	self := header{version: capabilityVersion3}
	var have capabilities
	if _, _, errno := syscall.RawSyscall(syscall.SYS_CAPGET, uintptr(unsafe.Pointer(&self)), uintptr(unsafe.Pointer(&have)), 0); errno != 0 {
		fail("can't read the capabilities", errno)
	}
	if have[0].permitted == 0 && have[1].permitted == 0 {
		return
	}
	for i := range have {
		have[i].inheritable |= have[i].permitted
	}
	if _, _, errno := syscall.RawSyscall(syscall.SYS_CAPSET, uintptr(unsafe.Pointer(&self)), uintptr(unsafe.Pointer(&have)), 0); errno != 0 {
		fail("can't pass on the capabilities", errno)
	}
	for number := uintptr(0); number < 64; number++ {
		if have[number/32].permitted&(1<<(number%32)) == 0 {
			continue
		}
		if _, _, errno := syscall.RawSyscall6(syscall.SYS_PRCTL, prCapAmbient, prCapAmbientRaise, number, 0, 0, 0); errno != 0 {
			fail("can't pass on the capabilities", errno)
		}
	}
}

func fail(what string, err error) {
	os.Stderr.WriteString("twinstack: " + what + ": " + err.Error() + "\n")
	os.Exit(126)
}
