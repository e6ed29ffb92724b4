//! Can the harness fail? Pages of our own, on which everything is wrong that the others must not
//! have.

use crate::browser::{Browser, DESK, PHONE, Scheme};
use crate::world::World;

const BAD: &str = "<!doctype html><html><head><title>Bad</title>
    <meta http-equiv='content-security-policy' content=\"default-src 'none'\"></head>
    <body><img src='http://127.0.0.1:9/x.png'><table width='2000'><tr><td>wide</table>
    <p style='color:#777'>pale</p><script>window.kanari = 1</script></body></html>";

const LIVELY: &str = "<!doctype html><html lang='en'><head><title>Lively</title></head>
    <body><main><h1>Lively</h1><p id='off'>Going</p><p id='seen'></p>
    <select id='colour'><option value='red'>red<option value='blue'>blue</select>
    <button id='go'>Go</button></main>
    <script>
      window.kanari = 1;
      go.onclick = () => { off.hidden = true; seen.textContent = matchMedia(
        '(prefers-color-scheme: dark)').matches ? 'dark' : 'light'; alert('boo'); };
    </script></body></html>";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_other_tests_must_not_find_is_found_where_it_is() {
    let world = World::build().await;
    let Some(browser) = Browser::start(&format!("http://{}", world.address)) else { return };
    let page = browser.open(PHONE, Scheme::Light).await;
    page.goto(&world.put("/bad", BAD)).await;
    let rules: Vec<_> = page.axe().await.into_iter().map(|found| found.rule).collect();
    for rule in ["html-has-lang", "image-alt", "landmark-one-main"] {
        assert!(rules.iter().any(|found| found == rule), "{rules:?}");
    }
    assert!(page.overhang().await > 0);
    let reports = page.csp_reports();
    for what in ["img-src", "style-src", "script-src"] {
        assert!(reports.iter().any(|report| report.contains(what)), "{what}: {reports:?}");
    }
    assert!(page.csp_reports().is_empty(), "each is told once");
    assert_eq!(page.own("typeof kanari").await, "undefined", "the policy holds for scripts");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_script_that_runs_and_a_dialog_are_noticed_and_both_can_be_switched_off() {
    let world = World::build().await;
    let Some(browser) = Browser::start(&format!("http://{}", world.address)) else { return };
    let page = browser.open(DESK, Scheme::Dark).await;
    world.put("/lively", LIVELY);
    page.goto("/lively").await;
    page.wait_for("#off").await;
    assert_eq!(page.own("typeof kanari").await, "number");
    page.choose("#colour", "blue").await;
    assert_eq!(page.value("#colour").await, "blue");
    page.click("#go").await;
    page.wait_gone("#off").await;
    page.wait_text("#seen", "dark").await;
    assert_eq!(page.csp_reports(), ["boo"]);
    page.scripts(false).await;
    page.goto("/lively").await;
    assert_eq!(page.own("typeof kanari").await, "undefined");
    page.click("#go").await;
    assert_eq!((page.text("#off").await, page.count("option").await), ("Going".into(), 2));
}
