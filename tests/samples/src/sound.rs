//! A sound that is shaped like speech: a buzzing voice through moving formants, with pauses.

use std::io::Cursor;

use fastrand::Rng;
use hound::{SampleFormat, WavSpec, WavWriter};

/// Samples a second: wide-band telephone speech.
pub const SAMPLE_RATE_HZ: u32 = 16_000;
/// Length of the statement.
pub const STATEMENT_SECONDS: u32 = 3;
/// Shortest and longest syllable, in samples (90 to 210 ms).
const SYLLABLE_SAMPLES: std::ops::Range<usize> = 1_440..3_360;
/// A breath after each phrase, in samples (180 ms).
const PAUSE_SAMPLES: usize = 2_880;
/// Loudest sample: three quarters of what 16 bits hold.
const PEAK: f32 = 24_000.0;
/// First three formants of the vowels a, i, u, e, o, in hertz (usual values for a male voice).
const VOWELS_HZ: [[f32; 3]; 5] = [
    [730.0, 1090.0, 2440.0],
    [270.0, 2290.0, 3010.0],
    [300.0, 870.0, 2240.0],
    [530.0, 1840.0, 2480.0],
    [570.0, 840.0, 2410.0],
];

/// A statement of three seconds as a WAV file: 16 kHz, one channel, 16 bits.
pub(crate) fn statement(rng: &mut Rng) -> Vec<u8> {
    let length = (SAMPLE_RATE_HZ * STATEMENT_SECONDS) as usize;
    let mut samples: Vec<f32> = vec![0.0; PAUSE_SAMPLES / 2];
    while samples.len() < length {
        for _ in 0..rng.usize(3..6) {
            let vowel = VOWELS_HZ[rng.usize(..VOWELS_HZ.len())];
            speak(&mut samples, vowel, rng.usize(SYLLABLE_SAMPLES), rng);
        }
        samples.extend((0..PAUSE_SAMPLES).map(|_| 0.0));
    }
    samples.truncate(length);
    let loudest = samples.iter().fold(f32::MIN_POSITIVE, |most, sample| most.max(sample.abs()));
    wav(samples.iter().map(|sample| (sample / loudest * PEAK) as i16))
}

/// One syllable: a hiss for its consonant, then a voiced vowel whose pitch falls or rises.
fn speak(samples: &mut Vec<f32>, formants_hz: [f32; 3], length: usize, rng: &mut Rng) {
    let mut resonators = formants_hz.map(Resonator::new);
    let (from_hz, to_hz) = (100.0 + 50.0 * rng.f32(), 90.0 + 60.0 * rng.f32());
    let hiss = length / 7;
    let mut phase = 0.0_f32;
    for index in 0..length {
        let along = index as f32 / length as f32;
        phase += (from_hz + (to_hz - from_hz) * along) / SAMPLE_RATE_HZ as f32;
        let pulse = if phase >= 1.0 { 1.0 } else { 0.0 };
        phase = phase.fract();
        let breath = (rng.f32() - 0.5) * if index < hiss { 0.5 } else { 0.015 };
        let source = if index < hiss { breath } else { pulse + breath };
        let voiced: f32 = resonators.iter_mut().map(|resonator| resonator.pass(source)).sum();
        let loudness = (along * std::f32::consts::PI).sin().sqrt();
        samples.push(voiced * loudness);
    }
}

/// A two-pole filter that rings at one frequency.
struct Resonator {
    feedback: [f32; 2],
    gain: f32,
    past: [f32; 2],
}

impl Resonator {
    fn new(hertz: f32) -> Resonator {
        // A band of about 90 Hz: the width of a formant.
        let radius = (-std::f32::consts::PI * 90.0 / SAMPLE_RATE_HZ as f32).exp();
        let angle = std::f32::consts::TAU * hertz / SAMPLE_RATE_HZ as f32;
        Resonator {
            feedback: [2.0 * radius * angle.cos(), -radius * radius],
            gain: (1.0 - radius) * 300.0 / hertz.sqrt(),
            past: [0.0; 2],
        }
    }

    fn pass(&mut self, input: f32) -> f32 {
        let output =
            self.gain * input + self.feedback[0] * self.past[0] + self.feedback[1] * self.past[1];
        self.past = [output, self.past[0]];
        output
    }
}

fn wav(samples: impl Iterator<Item = i16>) -> Vec<u8> {
    let spec = WavSpec {
        channels: 1,
        sample_rate: SAMPLE_RATE_HZ,
        bits_per_sample: 16,
        sample_format: SampleFormat::Int,
    };
    let mut file = Cursor::new(Vec::new());
    let mut writer = WavWriter::new(&mut file, spec).expect("the format is a plain one");
    for sample in samples {
        writer.write_sample(sample).expect("memory takes every sample");
    }
    writer.finalize().expect("memory can be rewound");
    file.into_inner()
}
