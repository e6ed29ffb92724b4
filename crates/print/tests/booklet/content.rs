//! Nothing of a handbook is missing on paper.

use model::language::{Language, Zone};
use print::html::html;

use crate::hostile::text_of;
use crate::{Book, plain, sample, told};

#[test]
fn every_plan_step_person_partner_and_duty_is_on_paper() {
    let book = Book::example();
    for language in Language::all() {
        let shown = plain(&text_of(&html(&book.print(language))));
        let mut wanted: Vec<&str> = Vec::new();
        for plan in book.handbook.plans.values() {
            wanted.push(plan.title.get(language));
            wanted.extend(plan.steps.iter().map(|step| step.what.get(language)));
            wanted.extend(
                plan.steps.iter().filter_map(|step| Some(step.check.as_ref()?.get(language))),
            );
            let texts = plan.texts.values().flat_map(|texts| texts.values());
            wanted.extend(texts.map(|text| text.headline.as_str()));
            let passages = plan.passages.values().flat_map(|of_kind| of_kind.values());
            let said = passages.flat_map(|said| said.values()).flat_map(|passage| &passage.0);
            wanted.extend(said.map(String::as_str));
        }
        for card in &book.cards {
            wanted.push(&card.name);
            wanted.extend(card.phone.as_deref());
            wanted.extend(card.email.as_deref());
        }
        wanted.extend(book.handbook.partners.values().map(|one| one.what.get(language)));
        wanted.extend(book.handbook.components.iter().map(|one| one.about.get(language)));
        for person in book.handbook.people.values() {
            for training in &person.trained {
                let name = &book.cards.iter().find(|card| card.key == person.key).unwrap().name;
                let said = format!("{name} ({})", Zone::day_said(training.on, language));
                assert!(shown.contains(&said), "{language}: “{said}” is not on paper");
            }
        }
        for duty in book.handbook.duties.values() {
            wanted.extend([
                duty.title.get(language),
                duty.law.get(language),
                duty.to.get(language),
            ]);
            wanted.extend(duty.stages.iter().map(|stage| stage.title.get(language)));
        }
        wanted.extend(book.handbook.chains.values().map(|chain| chain.title.get(language)));
        wanted.extend(book.handbook.rotas.values().map(|rota| rota.title.get(language)));
        wanted.extend(book.handbook.places.values().map(|place| place.title.get(language)));
        for text in wanted {
            assert!(shown.contains(&plain(text)), "{language}: “{text}” is not on paper");
        }
    }
}

#[test]
fn every_page_says_of_which_version_and_day_it_is() {
    let book = Book::example();
    let german = book.print(Language::DE);
    assert_eq!(german.running, "Lindenhof · Notfallhandbuch · Fassung 7 vom 24. November 2026");
    let page = html(&german);
    assert!(page.contains("Fassung 7 vom 24\\2e  November 2026\" } @bottom-right"));
    let english = book.print(Language::EN);
    assert!(english.running.ends_with("Version 7 of 24 November 2026"), "{}", english.running);
}

#[test]
fn whoever_may_not_see_addresses_gets_lines_to_write_on_instead() {
    let book = Book::example();
    for language in Language::all() {
        let booklet = book.version(None, language);
        let page = html(&booklet);
        for card in &book.cards {
            let private = [Some(&card.name), card.phone.as_ref(), card.email.as_ref()];
            for one in private.into_iter().flatten() {
                assert!(!page.contains(one.as_str()), "“{one}” is on paper");
            }
        }
        assert!(booklet.card.call.iter().all(|call| call.phone.is_empty()));
    }
}

#[test]
fn the_file_says_everything_that_is_in_the_booklet_and_needs_nothing_from_elsewhere() {
    for language in Language::all() {
        let booklet = Book::example().print(language);
        let page = html(&booklet);
        let shown = plain(&text_of(&page));
        for text in told(&booklet) {
            assert!(shown.contains(&plain(&text)), "“{text}” is missing");
        }
        for outside in ["src=", "url(", "@import", "<link", "<script", "<img"] {
            assert!(!page.contains(outside), "{outside} asks for something from elsewhere");
        }
        assert!(page.contains(&format!("<html lang=\"{language}\">")));
    }
}

#[test]
fn a_length_of_time_on_paper_is_the_one_in_the_handbook() {
    let mut files = sample::example();
    sample::replace(&mut files, "plans/shop-down.toml", "within = \"30m\"", "within = \"2h30m\"");
    let book = Book::of(&files, &sample::contacts());
    let shown = text_of(&html(&book.print(Language::DE)));
    assert!(shown.contains("2 Stunden 30 Minuten"), "a rounded limit is a wrong one");
}

#[test]
fn the_file_for_the_browser_is_the_one_that_was_read_line_by_line() {
    let book = Book::example();
    for language in Language::all() {
        let page = html(&book.print(language));
        let (_, body) = page.split_once("<body>").unwrap();
        insta::assert_snapshot!(format!("example_{language}"), body);
    }
}
