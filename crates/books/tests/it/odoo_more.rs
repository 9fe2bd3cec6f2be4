//! What a person may ask of the Odoo target besides lines.

use axum::http::StatusCode;

use crate::desk::engines;
use crate::odoo::{between, book, here, there};
use crate::odoo_fake::{Line, odoo};

#[tokio::test]
async fn details_are_told_where_odoo_has_a_place_for_them() {
    for engine in engines() {
        for (version, told) in [(16, false), (18, true), (19, true)] {
            let odoo = odoo(version);
            let (desk, _) = between(&engine, &odoo, 6, &[("details", "true")]).await;
            desk.deliver().await;
            let odoo = odoo.lock().unwrap();
            assert_eq!(there(&odoo), here(&desk), "Odoo {version}");
            assert_eq!(odoo.details.len(), if told { 6 } else { 0 });
            let id = odoo.lines[0].id;
            assert!(!told || odoo.details[&id]["transaction_id"].is_string());
        }
    }
}

#[tokio::test]
async fn the_opening_entry_is_made_once_and_only_when_asked_for() {
    for engine in engines() {
        for (version, checkpoints) in [(16, "true"), (19, "true"), (19, "false")] {
            let odoo = odoo(version);
            let more = [("checkpoints", checkpoints), ("opening_account", "41")];
            let (desk, page) = between(&engine, &odoo, 40, &more).await;
            desk.deliver().await;
            for _ in 0..2 {
                let ours = |line: &&Line| line.text("ref").starts_with("passerelle:opening:");
                let opening: Vec<Line> = odoo.lock().unwrap().lines.iter().filter(ours).cloned().collect();
                let [entry] = opening.as_slice() else { panic!("{opening:?}") };
                let told = (entry.text("date"), entry.text("amount"), entry.text("counterpart_account_id"));
                assert_eq!((told.0, told.2), ("2025-12-31", "41"));
                assert!(["1000.00", "1000.0", "1000"].contains(&told.1), "{}", told.1);
                desk.post(&format!("{page}/again"), &[]).await;
                desk.deliver().await;
            }
            assert_eq!(odoo.lock().unwrap().lines.len(), 41);
            assert_eq!(odoo.lock().unwrap().statements.len(), if checkpoints == "true" { 2 } else { 0 });
            // One that somebody deleted there does not come back.
            odoo.lock().unwrap().lines.retain(|line| !line.text("ref").starts_with("passerelle:opening:"));
            desk.post(&format!("{page}/again"), &[]).await;
            desk.deliver().await;
            assert_eq!(odoo.lock().unwrap().lines.len(), 40);
        }
        // Into a locked period it is not booked, because Odoo would move it in silence.
        let odoo = odoo(18);
        odoo.lock().unwrap().lock = Some(("2025-12-31", "2026-01-31"));
        let more = [("checkpoints", "true"), ("opening_account", "41")];
        let (desk, page) = between(&engine, &odoo, 40, &more).await;
        desk.deliver().await;
        assert_eq!(odoo.lock().unwrap().lines.len(), 40);
        assert!(desk.get(&page).await.body.contains("falls into a locked period"));
    }
}

#[tokio::test]
async fn a_target_that_is_taken_out_of_use_keeps_its_ledger() {
    for engine in engines() {
        let odoo = odoo(18);
        let (desk, page) = between(&engine, &odoo, 6, &[]).await;
        desk.deliver().await;
        assert!(desk.get(&format!("{page}/retire")).await.body.contains("out of use?"));
        let gone = desk.post(&format!("{page}/retire"), &[]).await;
        assert_eq!((gone.status, gone.location.as_str()), (StatusCode::SEE_OTHER, "/targets"));
        book(&desk, 9_001, 20, "meanwhile").await;
        desk.deliver().await;
        assert_eq!(odoo.lock().unwrap().lines.len(), 6, "nothing more goes there");
        let list = desk.get("/targets").await.body;
        assert!(list.contains("Out of use") && list.contains(&format!("{page}/restore")), "{list}");
        // A line that somebody deleted there does not come back when the target is taken into use again.
        odoo.lock().unwrap().lines.remove(0);
        desk.post(&format!("{page}/restore"), &[]).await;
        desk.deliver().await;
        assert_eq!(odoo.lock().unwrap().lines.len(), 6);
        assert_eq!(odoo.lock().unwrap().loads, [6, 1]);
        // Somebody of another company sees and moves nothing of it.
        desk.sign_up("eve@example.org").await;
        assert_eq!(desk.post(&format!("{page}/retire"), &[]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(desk.post(&format!("{page}/restore"), &[]).await.status, StatusCode::NOT_FOUND);
    }
}
