//! What the checks want to know of one Rust file, read by its grammar.

use std::ops::RangeInclusive;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// Macros of ours in which each function becomes a test.
const TEST_MACROS: [&str; 1] = ["both"];

/// What stands in a file, with lines counted from 1.
#[derive(Default)]
pub(crate) struct Facts {
    /// Lines that are only there for tests.
    pub(crate) test_lines: Vec<RangeInclusive<usize>>,
    /// Modules in files of their own, in their order.
    pub(crate) modules: Vec<String>,
    /// Those of them that are only there for tests.
    pub(crate) test_modules: Vec<String>,
    /// Every path of two or more names.
    pub(crate) paths: Vec<Named>,
    /// What `use` brings in, by the name it has here.
    pub(crate) imports: Vec<(String, Named)>,
    pub(crate) functions: Vec<Function>,
    /// The traits that are implemented here.
    pub(crate) traits: Vec<String>,
    /// The kinds that a channel's descriptor here goes by.
    pub(crate) kinds: Vec<String>,
    /// Text literals, also those in macros.
    pub(crate) literals: Vec<(usize, String)>,
    /// The names of tests, also those in macros.
    pub(crate) tests: Vec<String>,
    /// `#[allow(…)]`, and calls by bare name: `todo!`, `sleep(`.
    pub(crate) habits: Vec<(usize, String)>,
}

/// A path as written, and where.
#[derive(Clone)]
pub(crate) struct Named {
    pub(crate) line: usize,
    /// The modules within the file around it.
    pub(crate) within: Vec<String>,
    pub(crate) path: Vec<String>,
}

/// A function and how many lines it takes, from its signature on.
pub(crate) struct Function {
    pub(crate) name: String,
    pub(crate) line: usize,
    pub(crate) lines: usize,
}

impl Facts {
    pub(crate) fn read(text: &str) -> Result<Self, syn::Error> {
        let file = syn::parse_file(text)?;
        let mut reader = Reader::default();
        reader.visit_file(&file);
        reader.facts.tokens(text.parse()?, Around::Code);
        Ok(reader.facts)
    }

    /// What may also stand in a macro, where the grammar does not reach.
    fn tokens(&mut self, stream: TokenStream, around: Around) {
        let tokens: Vec<TokenTree> = stream.into_iter().collect();
        let mut is_test = false;
        for (at, token) in tokens.iter().enumerate() {
            let next = tokens.get(at + 1);
            match token {
                TokenTree::Group(group) => {
                    let hashed = is_attribute(&tokens[..at]);
                    if hashed && group.delimiter() == Delimiter::Bracket {
                        let words = words(&group.stream());
                        is_test |= is_test_attribute(&words);
                        if words.iter().any(|word| word == "allow") {
                            self.habits.push((token.span().start().line, "#[allow]".into()));
                        }
                    }
                    self.tokens(group.stream(), around.inside(&tokens[..at]));
                }
                TokenTree::Literal(literal) => {
                    if let syn::Lit::Str(text) = syn::Lit::new(literal.clone()) {
                        self.literals.push((token.span().start().line, text.value()));
                    }
                }
                TokenTree::Ident(ident) if ident == "fn" => {
                    let named = is_test && around != Around::Rules || around == Around::Tests;
                    if let (true, Some(TokenTree::Ident(name))) = (named, next) {
                        self.tests.push(name.to_string());
                    }
                    is_test = false;
                }
                TokenTree::Ident(ident) => match next {
                    Some(TokenTree::Punct(punct)) if punct.as_char() == '!' => {
                        self.habits.push((ident.span().start().line, format!("{ident}!")));
                    }
                    Some(TokenTree::Group(group))
                        if group.delimiter() == Delimiter::Parenthesis =>
                    {
                        self.habits.push((ident.span().start().line, format!("{ident}(")));
                    }
                    _ => {}
                },
                TokenTree::Punct(_) => {}
            }
        }
    }
}

/// What tokens stand in.
#[derive(Clone, Copy, PartialEq)]
enum Around {
    Code,
    /// The rules of a macro: what is a test there has no name yet.
    Rules,
    /// A macro that makes each function a test.
    Tests,
}

impl Around {
    /// What a group stands in that comes after these tokens.
    fn inside(self, before: &[TokenTree]) -> Self {
        let word = |back: usize| match before.get(before.len().checked_sub(back)?)? {
            TokenTree::Ident(ident) => Some(ident.to_string()),
            TokenTree::Punct(punct) => Some(punct.to_string()),
            _ => None,
        };
        match (word(1), word(2), word(3)) {
            (_, Some(call), Some(name)) if call == "!" && name == "macro_rules" => Self::Rules,
            (Some(call), Some(name), _) if call == "!" && TEST_MACROS.contains(&&*name) => {
                Self::Tests
            }
            // The body of a function in such a macro is code as usual.
            _ if self == Self::Tests => Self::Code,
            _ => self,
        }
    }
}

/// Whether a group in brackets after these tokens is an attribute: `#[…]` or `#![…]`.
fn is_attribute(before: &[TokenTree]) -> bool {
    let is = |token: &TokenTree, sign| matches!(token, TokenTree::Punct(p) if p.as_char() == sign);
    match before {
        [.., hash, bang] if is(bang, '!') => is(hash, '#'),
        [.., hash] => is(hash, '#'),
        [] => false,
    }
}

/// `#[test]` and `#[tokio::test(…)]`, but not `#[cfg(test)]`.
fn is_test_attribute(words: &[String]) -> bool {
    match words {
        [first, second, ..] if first == "tokio" => second == "test",
        [only] => only == "test",
        _ => false,
    }
}

/// All names in an attribute, in their order.
fn words(stream: &TokenStream) -> Vec<String> {
    let word = |token: TokenTree| match token {
        TokenTree::Ident(ident) => vec![ident.to_string()],
        TokenTree::Group(group) => words(&group.stream()),
        _ => Vec::new(),
    };
    stream.clone().into_iter().flat_map(word).collect()
}

#[derive(Default)]
struct Reader {
    facts: Facts,
    within: Vec<String>,
}

impl Reader {
    fn name(&mut self, line: usize, path: Vec<String>) -> Named {
        Named { line, within: self.within.clone(), path }
    }

    fn tree(&mut self, tree: &syn::UseTree, before: &[String]) {
        let with = |name: String| [before, &[name]].concat();
        let line = tree.span().start().line;
        let (name, path) = match tree {
            syn::UseTree::Path(path) => {
                return self.tree(&path.tree, &with(path.ident.to_string()));
            }
            syn::UseTree::Group(group) => {
                return group.items.iter().for_each(|item| self.tree(item, before));
            }
            syn::UseTree::Glob(_) => ("*".to_owned(), with("*".to_owned())),
            syn::UseTree::Name(name) if name.ident == "self" => {
                (before.last().cloned().unwrap_or_default(), before.to_vec())
            }
            syn::UseTree::Name(name) => (name.ident.to_string(), with(name.ident.to_string())),
            syn::UseTree::Rename(rename) => {
                (rename.rename.to_string(), with(rename.ident.to_string()))
            }
        };
        let named = self.name(line, path);
        self.facts.paths.push(named.clone());
        self.facts.imports.push((name, named));
    }

    fn function(&mut self, signature: &syn::Signature, whole: proc_macro2::Span) {
        let (first, last) = (signature.span().start().line, whole.end().line);
        let name = signature.ident.to_string();
        self.facts.functions.push(Function { name, line: first, lines: last + 1 - first });
    }

    fn note_test(&mut self, attributes: &[syn::Attribute], whole: proc_macro2::Span) -> bool {
        let is_test = attributes.iter().any(|attribute| match &attribute.meta {
            syn::Meta::Path(path) => path.segments.last().is_some_and(|last| last.ident == "test"),
            syn::Meta::List(list) if list.path.is_ident("cfg") => {
                let words = words(&list.tokens);
                words.iter().any(|word| word == "test") && !words.iter().any(|word| word == "not")
            }
            syn::Meta::List(list) => {
                list.path.segments.last().is_some_and(|last| last.ident == "test")
            }
            syn::Meta::NameValue(_) => false,
        });
        if is_test {
            self.facts.test_lines.push(whole.start().line..=whole.end().line);
        }
        is_test
    }
}

impl<'ast> Visit<'ast> for Reader {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        let name = item.ident.to_string();
        let is_test = self.note_test(&item.attrs, item.span());
        if item.content.is_none() {
            self.facts.modules.push(name.clone());
            if is_test {
                self.facts.test_modules.push(name.clone());
            }
        }
        self.within.push(name);
        visit::visit_item_mod(self, item);
        self.within.pop();
    }

    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        self.note_test(&item.attrs, item.span());
        self.function(&item.sig, item.span());
        visit::visit_item_fn(self, item);
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        self.note_test(&item.attrs, item.span());
        self.function(&item.sig, item.span());
        visit::visit_impl_item_fn(self, item);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        self.note_test(&item.attrs, item.span());
        let name = item.trait_.as_ref().and_then(|(_, path, _)| path.segments.last());
        self.facts.traits.extend(name.map(|last| last.ident.to_string()));
        visit::visit_item_impl(self, item);
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.note_test(&item.attrs, item.span());
        self.tree(&item.tree, &[]);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        if path.segments.len() > 1 {
            let names = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
            let named = self.name(path.span().start().line, names);
            self.facts.paths.push(named);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let tokens: Vec<TokenTree> = flat(call.tokens.clone());
        for (at, token) in tokens.iter().enumerate() {
            let TokenTree::Ident(first) = token else { continue };
            let follows = at > 0 && is_colon(&tokens[at - 1]);
            let mut names = vec![first.to_string()];
            let mut rest = &tokens[at + 1..];
            while let [a, b, TokenTree::Ident(name), after @ ..] = rest
                && is_colon(a)
                && is_colon(b)
            {
                names.push(name.to_string());
                rest = after;
            }
            if names.len() > 1 && !follows {
                let named = self.name(first.span().start().line, names);
                self.facts.paths.push(named);
            }
        }
        visit::visit_macro(self, call);
    }

    fn visit_expr_struct(&mut self, item: &'ast syn::ExprStruct) {
        if item.path.segments.last().is_some_and(|last| last.ident == "Descriptor") {
            for field in &item.fields {
                let is_kind = matches!(&field.member, syn::Member::Named(name) if name == "kind");
                if let (true, syn::Expr::Lit(lit)) = (is_kind, &field.expr)
                    && let syn::Lit::Str(text) = &lit.lit
                {
                    self.facts.kinds.push(text.value());
                }
            }
        }
        visit::visit_expr_struct(self, item);
    }
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':')
}

/// Tokens with the groups opened, each kept apart by itself.
fn flat(stream: TokenStream) -> Vec<TokenTree> {
    let open = |token: TokenTree| match &token {
        TokenTree::Group(group) => {
            let mut inside = flat(group.stream());
            inside.insert(0, token);
            inside
        }
        _ => vec![token],
    };
    stream.into_iter().flat_map(open).collect()
}
