//! A form of the room: a press of a button, or a few fields that open where somebody wants them.

use askama::Template;
use model::value::Timestamp;

use super::scene::Scene;

/// What is asked for in a field.
enum Sort {
    /// One line.
    Line,
    /// Several lines.
    Area,
    /// A time of day.
    Time,
    /// A day and a time.
    Moment,
    /// One of these: value, label, chosen.
    Choice(Vec<(String, String, bool)>),
}

struct Field {
    name: &'static str,
    label: &'static str,
    sort: Sort,
    value: String,
    need: bool,
    /// It holds what somebody typed and what was not taken.
    kept: bool,
}

#[derive(Template)]
#[template(path = "console/room/ask.html")]
pub(super) struct Ask<'a> {
    scene: &'a Scene,
    /// Behind the incident's path.
    rest: String,
    id: String,
    act: &'static str,
    label: &'static str,
    /// Where the button says something else than what opens the fields.
    button: Option<&'static str>,
    /// The element that says what it is about.
    about: Option<String>,
    hint: Option<&'static str>,
    hidden: Vec<(&'static str, String)>,
    fields: Vec<Field>,
    folded: bool,
    open: bool,
    main: bool,
    bare: bool,
}

impl Scene {
    /// A form that sends this act there.
    pub(super) fn ask(&self, rest: &str, act: &'static str, label: &'static str) -> Ask<'_> {
        let id = id(rest, act);
        let open = self.typed.as_ref().is_some_and(|(typed, _)| *typed == id);
        Ask {
            scene: self,
            rest: rest.to_owned(),
            id,
            act,
            label,
            button: None,
            about: None,
            hint: None,
            hidden: Vec::new(),
            fields: Vec::new(),
            folded: false,
            open,
            main: false,
            bare: false,
        }
    }
}

/// The id of the form that sends this act there.
pub(super) fn id(rest: &str, act: &str) -> String {
    format!("ask{}-{act}", rest.replace('/', "-"))
}

impl Ask<'_> {
    fn field(mut self, name: &'static str, label: &'static str, sort: Sort, value: String) -> Self {
        let typed = self.scene.typed.as_ref().filter(|(typed, _)| *typed == self.id);
        let kept = typed.map(|(_, sent)| sent.get(name).to_owned());
        let sort = match (sort, &kept) {
            (Sort::Choice(choices), Some(kept)) => Sort::Choice(
                choices
                    .into_iter()
                    .map(|(value, label, _)| (value.clone(), label, value == *kept))
                    .collect(),
            ),
            (sort, _) => sort,
        };
        let is_kept = kept.is_some();
        let value = kept.unwrap_or(value);
        self.fields.push(Field { name, label, sort, value, need: false, kept: is_kept });
        self.folded = true;
        self
    }

    pub(super) fn line(self, name: &'static str, label: &'static str) -> Self {
        self.field(name, label, Sort::Line, String::new())
    }

    pub(super) fn area(self, name: &'static str, label: &'static str, value: &str) -> Self {
        self.field(name, label, Sort::Area, value.to_owned())
    }

    pub(super) fn time(self, name: &'static str, label: &'static str) -> Self {
        self.field(name, label, Sort::Time, String::new())
    }

    pub(super) fn moment(self, name: &'static str, label: &'static str, at: Timestamp) -> Self {
        let value = self.scene.wall(at);
        self.field(name, label, Sort::Moment, value)
    }

    pub(super) fn choice(
        self,
        name: &'static str,
        label: &'static str,
        choices: Vec<(String, String, bool)>,
    ) -> Self {
        self.field(name, label, Sort::Choice(choices), String::new())
    }

    /// The last field must be filled in.
    pub(super) fn needed(mut self) -> Self {
        if let Some(field) = self.fields.last_mut() {
            field.need = true;
        }
        self
    }

    pub(super) fn hidden(mut self, name: &'static str, value: impl ToString) -> Self {
        self.hidden.push((name, value.to_string()));
        self
    }

    /// Its button says this.
    pub(super) fn button(mut self, label: &'static str) -> Self {
        self.button = Some(label);
        self
    }

    /// The element of this id says what it is about.
    pub(super) fn about(mut self, id: impl Into<String>) -> Self {
        self.about = Some(id.into());
        self
    }

    /// Nobody presses it without having opened it, and reads this then.
    pub(super) fn warned(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
        self.folded = true;
        self
    }

    /// The same form stands elsewhere too: this is the one about that.
    pub(super) fn apart(mut self, about: impl std::fmt::Display) -> Self {
        self.id = format!("{}-{about}", self.id);
        self
    }

    /// The one filled button.
    pub(super) fn main(mut self) -> Self {
        self.main = true;
        self
    }

    /// Its fields stand in a row, for all to see.
    pub(super) fn bare(mut self) -> Self {
        self.bare = true;
        self
    }

    pub(super) fn html(self) -> String {
        self.render().unwrap_or_default()
    }
}
