package dev.twinstack.bfd.transport;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The system calls that BFD's sockets need, with Linux' numbers for 64 bit machines.
///
/// Each returns what the call returned, or the negative error number. Segments belong to the
/// caller; nothing is kept.
@SuppressWarnings("restricted") // the descriptors below are those of the manual pages
final class Libc {

    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_FLAGS = 0x80800;

    static final int EINTR = 4;
    static final int EAGAIN = 11;
    static final int EADDRINUSE = 98;

    private static final int SCHED_RR = 2;
    private static final int EFD_FLAGS = 0x80800;
    private static final long MAX_ERROR_TEXT = 256;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout()
                    .varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET =
            call("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND =
            call("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SETSOCKOPT =
            call(
                    "setsockopt",
                    FunctionDescriptor.of(
                            JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SENDTO =
            call(
                    "sendto",
                    FunctionDescriptor.of(
                            JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle RECVMSG =
            call("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle PPOLL =
            call("ppoll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));
    private static final MethodHandle EVENTFD =
            call("eventfd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle READ =
            call("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle WRITE =
            call("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle SCHED_SETSCHEDULER =
            call(
                    "sched_setscheduler",
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle CLOSE =
            call("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle STRERROR =
            LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow("strerror"),
                    FunctionDescriptor.of(ADDRESS, JAVA_INT));

    private Libc() {}

    /// The kind of call that is made with an error number at hand.
    private interface Call {
        long with(MemorySegment errno) throws Throwable;
    }

    static int socket(int domain, int type, int protocol) {
        return (int) result(errno -> (int) SOCKET.invokeExact(errno, domain, type, protocol));
    }

    static int bind(int socket, MemorySegment address) {
        return (int)
                result(errno ->
                        (int) BIND.invokeExact(errno, socket, address, (int) address.byteSize()));
    }

    static int setOption(int socket, int level, int option, MemorySegment value) {
        return (int)
                result(errno ->
                        (int)
                                SETSOCKOPT.invokeExact(
                                        errno,
                                        socket,
                                        level,
                                        option,
                                        value,
                                        (int) value.byteSize()));
    }

    static int sendTo(int socket, MemorySegment octets, MemorySegment address) {
        return (int)
                result(errno ->
                        (long)
                                SENDTO.invokeExact(
                                        errno,
                                        socket,
                                        octets,
                                        octets.byteSize(),
                                        0,
                                        address,
                                        (int) address.byteSize()));
    }

    static int receive(int socket, MemorySegment header) {
        return (int) result(errno -> (long) RECVMSG.invokeExact(errno, socket, header, 0));
    }

    /// @param timeout a `timespec`, or NULL for ever
    static int poll(MemorySegment descriptors, long count, MemorySegment timeout) {
        return (int)
                result(errno ->
                        (int)
                                PPOLL.invokeExact(
                                        errno, descriptors, count, timeout, MemorySegment.NULL));
    }

    static int eventDescriptor() {
        return (int) result(errno -> (int) EVENTFD.invokeExact(errno, 0, EFD_FLAGS));
    }

    static int read(int descriptor, MemorySegment into) {
        return (int)
                result(errno -> (long) READ.invokeExact(errno, descriptor, into, into.byteSize()));
    }

    static int write(int descriptor, MemorySegment octets) {
        return (int)
                result(errno ->
                        (long) WRITE.invokeExact(errno, descriptor, octets, octets.byteSize()));
    }

    /// Lets the calling thread run before all ordinary ones (SCHED_RR, the lowest priority of it).
    static int preferThisThread() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment priority = arena.allocateFrom(JAVA_INT, 1);
            return (int)
                    result(errno ->
                            (int) SCHED_SETSCHEDULER.invokeExact(errno, 0, SCHED_RR, priority));
        }
    }

    static void close(int descriptor) {
        result(errno -> (int) CLOSE.invokeExact(errno, descriptor));
    }

    /// @throws IOException if `result` is an error: `what`, and the system's name of it
    static int orFail(int result, String what) throws IOException {
        if (result < 0) {
            throw new IOException(what + ": " + text(-result));
        }
        return result;
    }

    static String text(int error) {
        try {
            MemorySegment text = (MemorySegment) STRERROR.invokeExact(error);
            return text.reinterpret(MAX_ERROR_TEXT).getString(0);
        } catch (Throwable e) {
            throw new AssertionError("strerror can't fail", e);
        }
    }

    private static long result(Call call) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            long result = call.with(state);
            return result < 0 ? -(int) ERRNO.get(state, 0L) : result;
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("a downcall throws nothing else", e);
        }
    }

    private static MethodHandle call(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                descriptor,
                Linker.Option.captureCallState("errno"));
    }
}
