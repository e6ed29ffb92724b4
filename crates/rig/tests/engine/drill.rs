//! A drill is played through in the house and never leaves it.

use engine::body::Body;
use model::incident::Command;
use model::notice::Passages;
use model::value::Span;

use crate::both::both;
use crate::house::{HOLD, House};

both! {
    async fn a_drill_sends_nothing_to_the_world_and_the_page_does_not_show_it(mut house) {
        house.subscribe(6).await;
        let before = house.page().await;
        let drill = house.drill("shop-down").await;
        house.pass(HOLD).await;
        house.act(&drill, crate::notice::update("Nur eine Übung.")).await;
        house.pass(Span::minutes(60)).await;
        assert_eq!(house.sink.look(|ledger| ledger.arrivals()), 0);
        assert!(house.world.heard().is_empty());
        let page = house.page().await;
        assert_eq!((page.open, page.past), (vec![], vec![]));
        assert_eq!(page.components, before.components);

        let dispatches = house.engine.store.dispatches_of::<Body>(&drill).await.unwrap();
        assert!(dispatches.len() > 6, "it was played through");
        let mut people = 0;
        for dispatch in dispatches {
            assert!(dispatch.order.drill && dispatch.done_at.is_some());
            for shard in house.engine.store.shards_of(dispatch.id).await.unwrap() {
                let tally = shard.tally();
                assert_eq!(tally.accepted, tally.planned, "the sink has taken it");
                people += tally.accepted;
            }
        }
        assert!(people > 6);
        house.act(&drill, Command::Resolve { texts: None, passages: Passages::new() }).await;
        house.deliver_all().await;
        assert!(house.page().await.past.is_empty());

        // A real outage during a drill, or after it, is told as ever.
        house.drill("shop-down").await;
        house.shop.die().await;
        house.looks("shop-page", 3).await;
        house.pass(HOLD).await;
        assert_eq!(house.told(), 6);
        assert_eq!(house.page().await.open.len(), 1);
    }
}
