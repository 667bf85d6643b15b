package dev.twinstack.bgp.wire;

import io.netty.buffer.ByteBuf;
import java.util.List;

/// The real numbers behind an AS_PATH of two octets (RFC 6793 section 3). Only between speakers of
/// which one has two octets; see [AsPath#mergedWith].
public record As4Path(List<AsSegment> segments) implements PathAttribute {

    public As4Path {
        segments = List.copyOf(segments);
    }

    /// What goes beside this AS_PATH to a speaker of two octets: without confederation segments.
    static As4Path of(AsPath path) {
        return new As4Path(
                path.segments().stream()
                        .filter(segment -> !segment.kind().isConfederation())
                        .toList());
    }

    @Override
    public AttributeType type() {
        return AttributeType.AS4_PATH;
    }

    /// RFC 6793 section 6: malformed, it is discarded.
    static AttributeOutcome decode(ByteBuf in, int start, int end) {
        if (start == end) {
            return AttributeFault.discard(AttributeType.AS4_PATH, "empty");
        }
        return switch (AsSegment.decode(in, start, end, true)) {
            case AsSegment.Broken(String reason) ->
                    AttributeFault.discard(AttributeType.AS4_PATH, reason);
            case AsSegment.Read(List<AsSegment> segments) -> new As4Path(segments);
        };
    }

    @Override
    public void encodeValue(ByteBuf out, WireOptions options) {
        AsSegment.encode(out, segments, true);
    }

    @Override
    public String toString() {
        return AsSegment.text(segments);
    }
}
