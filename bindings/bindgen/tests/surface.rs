//! The surface that the phones see, as text: a change of it shows up in review, or not at all.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]

use std::fmt::Write as _;
use std::path::PathBuf;

use uniffi_bindgen::interface::{
    Argument, AsType, ComponentInterface, Enum, Field, Function, Object, Record, Type,
};
use uniffi_bindgen::{BindgenLoader, BindgenPaths, GlobalConfig};

/// The library that Cargo has built for this test, since the test's crate depends on it.
fn library() -> camino::Utf8PathBuf {
    let test = std::env::current_exe().unwrap();
    let path: PathBuf = test.with_file_name(format!(
        "{}angen_bindings{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    ));
    camino::Utf8PathBuf::from_path_buf(path).unwrap()
}

fn component() -> ComponentInterface {
    // Naming the crate makes Cargo build its library, and build it again when it changes.
    let _ = std::any::type_name::<angen_bindings::Inspector>();
    let loader = BindgenLoader::new(BindgenPaths::default(), GlobalConfig::default());
    let metadata = loader.load_metadata(&library()).unwrap();
    let components = loader.load_cis(metadata).unwrap();
    components.into_iter().find(|found| found.crate_name() == "angen_bindings").unwrap()
}

/// A type as one reads it: `EvidenceView`, `String?`, `[Hash]`.
fn name(kind: &Type) -> String {
    match kind {
        Type::Optional { inner_type } => format!("{}?", name(inner_type)),
        Type::Sequence { inner_type } => format!("[{}]", name(inner_type)),
        Type::Object { name, .. }
        | Type::Record { name, .. }
        | Type::Enum { name, .. }
        | Type::CallbackInterface { name, .. }
        | Type::Custom { name, .. } => name.clone(),
        simple => format!("{simple:?}"),
    }
}

fn arguments(arguments: Vec<&Argument>) -> String {
    let words: Vec<String> = arguments
        .iter()
        .map(|argument| format!("{}: {}", argument.name(), name(&argument.as_type())))
        .collect();
    words.join(", ")
}

fn fields(fields: &[Field]) -> String {
    let words: Vec<String> = fields
        .iter()
        .map(|field| {
            let default = if field.default_value().is_some() { " = …" } else { "" };
            format!("{}: {}{default}", field.name(), name(&field.as_type()))
        })
        .collect();
    words.join(", ")
}

fn function(out: &mut String, function: &Function) {
    let back = function.return_type().map_or_else(|| "nothing".to_owned(), name);
    let throws = function.throws_type().map(|thrown| format!(" throws {}", name(thrown)));
    let arguments = arguments(function.arguments());
    writeln!(out, "\n{}({arguments}) -> {back}{}", function.name(), throws.unwrap_or_default())
        .unwrap();
}

fn object(out: &mut String, object: &Object) {
    let lent = if object.has_callback_interface() { " (implemented by the app)" } else { "" };
    writeln!(out, "\nobject {}{lent}", object.name()).unwrap();
    for constructor in object.constructors() {
        let throws = constructor.throws_type().map(name).unwrap_or_default();
        let arguments = arguments(constructor.arguments());
        writeln!(out, "  new {}({arguments}) throws {throws}", constructor.name()).unwrap();
    }
    for method in object.methods() {
        let back = method.return_type().map_or_else(|| "nothing".to_owned(), name);
        let throws = method.throws_type().map(name).unwrap_or_default();
        let arguments = arguments(method.arguments());
        writeln!(out, "  {}({arguments}) -> {back} throws {throws}", method.name()).unwrap();
    }
}

fn record(out: &mut String, record: &Record) {
    writeln!(out, "\nrecord {}", record.name()).unwrap();
    for field in record.fields() {
        writeln!(out, "  {}", fields(std::slice::from_ref(field))).unwrap();
    }
}

fn choice(out: &mut String, choice: &Enum) {
    writeln!(out, "\nenum {}", choice.name()).unwrap();
    for variant in choice.variants() {
        let line = format!("  {} {}", variant.name(), fields(variant.fields()));
        writeln!(out, "{}", line.trim_end()).unwrap();
    }
}

#[test]
fn the_surface_is_as_it_was() {
    let component = component();
    let mut out = String::new();
    component.function_definitions().iter().for_each(|found| function(&mut out, found));
    component.object_definitions().iter().for_each(|found| object(&mut out, found));
    component.record_definitions().iter().for_each(|found| record(&mut out, found));
    component.enum_definitions().iter().for_each(|found| choice(&mut out, found));
    insta::assert_snapshot!(out);
}

#[test]
fn everything_that_the_phones_see_is_documented() {
    let component = component();
    let mut bare: Vec<String> = Vec::new();
    let mut look = |what: String, docs: Option<&str>| {
        if docs.is_none_or(|text| text.trim().is_empty()) {
            bare.push(what);
        }
    };
    for function in component.function_definitions() {
        look(function.name().to_owned(), function.docstring());
    }
    for object in component.object_definitions() {
        look(object.name().to_owned(), object.docstring());
        for method in object.methods() {
            look(format!("{}.{}", object.name(), method.name()), method.docstring());
        }
    }
    for record in component.record_definitions() {
        look(record.name().to_owned(), record.docstring());
        for field in record.fields() {
            look(format!("{}.{}", record.name(), field.name()), field.docstring());
        }
    }
    for choice in component.enum_definitions() {
        look(choice.name().to_owned(), choice.docstring());
        for variant in choice.variants() {
            look(format!("{}.{}", choice.name(), variant.name()), variant.docstring());
        }
    }
    assert!(bare.is_empty(), "without a doc comment: {}", bare.join(", "));
}
