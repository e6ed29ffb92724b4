//! The page on disk.

use std::fs;

use web::page::{disk, render};

use crate::samples;

#[test]
fn a_restarted_process_serves_the_same_bytes_from_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let site = render(&samples::outage(), samples::at(71)).unwrap();
    disk::write(&site, folder.path()).unwrap();
    let loaded = disk::load(folder.path(), samples::at(71)).unwrap();
    assert_eq!(loaded.page, samples::outage());
    assert_eq!(loaded.site.iter().count(), site.iter().count());
    for (path, resource) in site.iter() {
        assert_eq!(loaded.site.get(path), Some(resource), "{path}");
    }
}

#[test]
fn a_promise_that_was_broken_while_the_process_was_down_is_told_after_the_restart() {
    let folder = tempfile::tempdir().unwrap();
    disk::write(&render(&samples::outage(), samples::at(71)).unwrap(), folder.path()).unwrap();
    let loaded = disk::load(folder.path(), samples::at(95)).unwrap();
    let html = String::from_utf8(loaded.site.get("/de/").unwrap().plain().to_vec()).unwrap();
    assert!(html.contains("Wir sind zu spät."));
}

#[test]
fn only_files_whose_bytes_changed_are_written_and_no_half_file_stays() {
    let folder = tempfile::tempdir().unwrap();
    let site = render(&samples::outage(), samples::at(71)).unwrap();
    let all = disk::write(&site, folder.path()).unwrap();
    assert_eq!(all, site.iter().count());
    assert_eq!(disk::write(&site, folder.path()).unwrap(), 0);
    let later = render(&samples::outage(), samples::at(72)).unwrap();
    // The front and the open incident in two languages: nothing else tells the time.
    assert_eq!(disk::write(&later, folder.path()).unwrap(), 4);
    let names = |folder: &std::path::Path| -> Vec<String> {
        let entries = fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    assert!(names(folder.path()).iter().all(|name| !name.starts_with('.')));
    assert!(names(&folder.path().join("de")).contains(&"index.html".to_owned()));
}

#[test]
fn a_mirror_keeps_the_pages_of_incidents_that_have_left_the_list() {
    let folder = tempfile::tempdir().unwrap();
    let page = samples::closed();
    disk::write(&render(&page, samples::at(120)).unwrap(), folder.path()).unwrap();
    let old = folder.path().join(format!("de/incident/{}/index.html", page.past[0].id));
    let mut later = page;
    later.past.clear();
    disk::write(&render(&later, samples::at(121)).unwrap(), folder.path()).unwrap();
    assert!(old.exists());
}

#[test]
fn a_folder_that_holds_no_page_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let error = disk::load(folder.path(), samples::at(0)).unwrap_err().to_string();
    assert!(error.contains("site.json") && error.contains("once the program has run"), "{error}");
    fs::write(folder.path().join("site.json"), "{}").unwrap();
    let error = disk::load(folder.path(), samples::at(0)).unwrap_err().to_string();
    assert!(error.contains("start the version that wrote it"), "{error}");
}
