//! The few EBML elements (RFC 8794, RFC 9559) that a WebM file with one VP8 track needs.
//!
//! Written here because the published writers bring an async runtime for the sake of sixty lines.

/// Element ids of Matroska (RFC 9559, section 27.1), as they stand in the file.
mod id {
    pub(super) const EBML: &[u8] = &[0x1a, 0x45, 0xdf, 0xa3];
    pub(super) const READ_VERSION: &[u8] = &[0x42, 0xf7];
    pub(super) const DOC_TYPE: &[u8] = &[0x42, 0x82];
    pub(super) const DOC_TYPE_VERSION: &[u8] = &[0x42, 0x87];
    pub(super) const DOC_TYPE_READ_VERSION: &[u8] = &[0x42, 0x85];
    pub(super) const SEGMENT: &[u8] = &[0x18, 0x53, 0x80, 0x67];
    pub(super) const INFO: &[u8] = &[0x15, 0x49, 0xa9, 0x66];
    pub(super) const TIMESTAMP_SCALE: &[u8] = &[0x2a, 0xd7, 0xb1];
    pub(super) const DURATION: &[u8] = &[0x44, 0x89];
    pub(super) const MUXING_APP: &[u8] = &[0x4d, 0x80];
    pub(super) const WRITING_APP: &[u8] = &[0x57, 0x41];
    pub(super) const TRACKS: &[u8] = &[0x16, 0x54, 0xae, 0x6b];
    pub(super) const TRACK_ENTRY: &[u8] = &[0xae];
    pub(super) const TRACK_NUMBER: &[u8] = &[0xd7];
    pub(super) const TRACK_UID: &[u8] = &[0x73, 0xc5];
    pub(super) const TRACK_TYPE: &[u8] = &[0x83];
    pub(super) const CODEC_ID: &[u8] = &[0x86];
    pub(super) const DEFAULT_DURATION: &[u8] = &[0x23, 0xe3, 0x83];
    pub(super) const VIDEO: &[u8] = &[0xe0];
    pub(super) const PIXEL_WIDTH: &[u8] = &[0xb0];
    pub(super) const PIXEL_HEIGHT: &[u8] = &[0xba];
    pub(super) const CLUSTER: &[u8] = &[0x1f, 0x43, 0xb6, 0x75];
    pub(super) const TIMESTAMP: &[u8] = &[0xe7];
    pub(super) const SIMPLE_BLOCK: &[u8] = &[0xa3];
}

/// Nanoseconds of one unit of time in the file: a millisecond.
const TIMESTAMP_SCALE_NS: u64 = 1_000_000;
/// The only track.
const TRACK: u8 = 1;
/// Flag of a SimpleBlock that holds a key frame.
const KEY_FRAME: u8 = 0x80;

/// A file that plays the VP8 frames one after the other, `frame_ms` milliseconds each.
/// All of it is one cluster, so that it must be shorter than 32 seconds.
pub(crate) fn file(width: u32, height: u32, frame_ms: u16, frames: &[Vec<u8>]) -> Vec<u8> {
    let length_ms = f64::from(frame_ms) * frames.len() as f64;
    let header = [
        number(id::READ_VERSION, 1),
        element(id::DOC_TYPE, b"webm"),
        number(id::DOC_TYPE_VERSION, 4),
        number(id::DOC_TYPE_READ_VERSION, 2),
    ];
    let info = [
        number(id::TIMESTAMP_SCALE, TIMESTAMP_SCALE_NS),
        element(id::DURATION, &length_ms.to_be_bytes()),
        element(id::MUXING_APP, b"angen-samples"),
        element(id::WRITING_APP, b"angen-samples"),
    ];
    let video =
        [number(id::PIXEL_WIDTH, width.into()), number(id::PIXEL_HEIGHT, height.into())].concat();
    let track = [
        number(id::TRACK_NUMBER, TRACK.into()),
        number(id::TRACK_UID, TRACK.into()),
        number(id::TRACK_TYPE, 1),
        element(id::CODEC_ID, b"V_VP8"),
        number(id::DEFAULT_DURATION, u64::from(frame_ms) * TIMESTAMP_SCALE_NS),
        element(id::VIDEO, &video),
    ]
    .concat();
    let mut cluster = number(id::TIMESTAMP, 0);
    for (index, frame) in frames.iter().enumerate() {
        cluster.extend(element(id::SIMPLE_BLOCK, &block(index, frame_ms, frame)));
    }
    let segment = [
        element(id::INFO, &info.concat()),
        element(id::TRACKS, &element(id::TRACK_ENTRY, &track)),
        element(id::CLUSTER, &cluster),
    ];
    [element(id::EBML, &header.concat()), element(id::SEGMENT, &segment.concat())].concat()
}

/// A SimpleBlock: track, time within the cluster, flags, the frame.
fn block(index: usize, frame_ms: u16, frame: &[u8]) -> Vec<u8> {
    let time_ms = i16::try_from(index * usize::from(frame_ms)).expect("shorter than 32 seconds");
    // The lowest bit of a VP8 frame is clear for a key frame (RFC 6386, section 9.1).
    let flags = if frame[0] & 1 == 0 { KEY_FRAME } else { 0 };
    let [high, low] = time_ms.to_be_bytes();
    let mut block = vec![0x80 | TRACK, high, low, flags];
    block.extend_from_slice(frame);
    block
}

/// Id, length in eight bytes, content.
fn element(id: &[u8], content: &[u8]) -> Vec<u8> {
    let length = 0x0100_0000_0000_0000 | content.len() as u64;
    [id, &length.to_be_bytes(), content].concat()
}

fn number(id: &[u8], value: u64) -> Vec<u8> {
    element(id, &value.to_be_bytes())
}
