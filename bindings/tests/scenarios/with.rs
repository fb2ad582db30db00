//! The arguments of a step, read as the types that a verb takes.

use std::collections::HashMap;
use std::fmt::Debug;
use std::path::PathBuf;
use std::str::FromStr;

use serde_json::Value;

/// Arguments by name. What is missing is the scenario's mistake, and named.
pub(crate) struct With<'a>(pub(crate) &'a Value);

impl<'a> With<'a> {
    pub(crate) fn get(&self, name: &str) -> &'a Value {
        self.0.get(name).unwrap_or_else(|| panic!("no {name} in {}", self.0))
    }

    fn some(&self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    fn str(&self, name: &str) -> &'a str {
        self.get(name).as_str().unwrap_or_else(|| panic!("{name} is no text in {}", self.0))
    }

    pub(crate) fn text(&self, name: &str) -> String {
        self.str(name).to_owned()
    }

    pub(crate) fn opt_text(&self, name: &str) -> Option<String> {
        self.some(name).map(|_| self.text(name))
    }

    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        self.list(name).iter().map(|text| text.as_str().unwrap().to_owned()).collect()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        PathBuf::from(self.str(name))
    }

    pub(crate) fn int(&self, name: &str) -> i64 {
        self.get(name).as_i64().unwrap()
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.get(name).as_bool().unwrap()
    }

    pub(crate) fn list(&self, name: &str) -> &'a Vec<Value> {
        self.get(name).as_array().unwrap_or_else(|| panic!("{name} is no list in {}", self.0))
    }

    /// The items of a list, each as arguments of their own.
    pub(crate) fn each(&self, name: &str) -> impl Iterator<Item = With<'a>> {
        self.list(name).iter().map(With)
    }

    pub(crate) fn id<T: FromStr<Err: Debug>>(&self, name: &str) -> T {
        self.str(name).parse().unwrap()
    }

    pub(crate) fn opt_id<T: FromStr<Err: Debug>>(&self, name: &str) -> Option<T> {
        self.some(name).map(|_| self.id(name))
    }

    pub(crate) fn ids<T: FromStr<Err: Debug>>(&self, name: &str) -> Vec<T> {
        self.texts(name).iter().map(|id| id.parse().unwrap()).collect()
    }

    pub(crate) fn word<T>(&self, name: &str, from_word: fn(&str) -> Option<T>) -> T {
        let word = self.str(name);
        from_word(word).unwrap_or_else(|| panic!("{name}: there is no {word}"))
    }

    pub(crate) fn opt_word<T>(&self, name: &str, from_word: fn(&str) -> Option<T>) -> Option<T> {
        self.some(name).map(|_| self.word(name, from_word))
    }

    pub(crate) fn map(&self, name: &str) -> HashMap<String, String> {
        let fields = self.get(name).as_object().unwrap().iter();
        fields.map(|(key, value)| (key.clone(), value.as_str().unwrap().to_owned())).collect()
    }
}
