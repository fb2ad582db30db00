//! A package: one dossier, or a linked set, as a sequence of frames with a closing seal.

mod frame;
mod log_frame;
mod reader;
mod writer;

pub(crate) use frame::begins_a_package;
pub use frame::{Closing, Frame, Mode, Start};
pub use log_frame::LogFrame;
pub use reader::{FrameBytes, Frames, ReadFault};
pub use writer::{PackageError, PackageWriter};
