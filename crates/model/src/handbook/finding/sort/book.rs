//! Of the handbook as a whole, of plans and of duties.

use super::{Grade, Said, Sort, sorts};

sorts! { BOOK:
    NO_OWNER "document.owner" Should
        ["Niemand ist für das Handbuch verantwortlich.", "Nobody answers for the handbook."]
        ["Tragen Sie unter „Dokument“ jemanden als verantwortlich ein.", "Name an owner under “document”."]
        ["Was niemandem gehört, veraltet.", "What belongs to nobody grows old."];
    NO_APPROVAL "document.approval" Could
        ["Eine neue Fassung muss niemand freigeben.", "Nobody has to approve a new version."]
        ["Nennen Sie die Rolle, die Fassungen freigibt.", "Name the role that approves versions."]
        ["Vier Augen sehen den Tippfehler in der Nummer, zwei übersehen ihn.", "A second pair of eyes finds the slip in a number that the first one overlooks."];
    NO_REVIEW "document.never-reviewed" Should
        ["{0} wurde noch nie durchgesehen.", "{0} has never been reviewed."]
        ["Lesen Sie es ganz, und tragen Sie den Tag ein.", "Read all of it, and write down the day."]
        ["Ein Plan, den nach dem Schreiben niemand gelesen hat, stimmt selten.", "A plan that nobody has read since it was written is seldom right."];
    OLD_REVIEW "document.review-overdue" Should
        ["{0} wurde vor {1} Tagen zuletzt durchgesehen, das ist zu lange her.", "{0} was last reviewed {1} days ago, which is too long."]
        ["Lesen Sie es ganz, und tragen Sie den neuen Tag ein.", "Read all of it, and write down the new day."]
        ["Menschen, Nummern und Rechner ändern sich, ohne dass jemand an das Handbuch denkt.", "People, numbers and machines change without anybody thinking of the handbook."];
    NO_COPIES "document.copies" Could
        ["Es steht nirgends, wo gedruckte Fassungen liegen.", "It is not said where printed copies are kept."]
        ["Drucken Sie das Handbuch, und schreiben Sie auf, wo die Fassungen liegen.", "Print the handbook, and write down where the copies are."]
        ["Fällt der Strom aus, hilft nur Papier, und es muss die neue Fassung sein.", "When the power is gone only paper helps, and it has to be the newest version."];
    NO_CARD "card" Should
        ["Es gibt keine Notfallkarte.", "There is no emergency card."]
        ["Schreiben Sie auf, wen man anruft und was man tut und lässt.", "Write down whom to call, and what to do and not to do."]
        ["Wer den Ausfall zuerst bemerkt, kennt das Handbuch meist nicht.", "Whoever notices the outage first does not know the handbook, as a rule."];
    NO_CRITERIA "level.criteria" Could
        ["Für die Stufe „{0}“ steht nirgends, woran man sie erkennt.", "Nothing says how to recognise the level “{0}”."]
        ["Schreiben Sie Merkmale auf, über die man nicht streiten kann.", "Write down signs that cannot be argued about."]
        ["In der Nacht stuft sonst jeder anders ein, und meist zu niedrig.", "At night everybody rates differently otherwise, mostly too low."];
    NO_DECLARER "level.declared-by" Could
        ["Niemand darf die Stufe „{0}“ ausrufen.", "Nobody may declare the level “{0}”."]
        ["Nennen Sie die Rolle, die das entscheidet.", "Name the role that decides it."]
        ["Ist es niemandes Aufgabe, wartet jeder auf die anderen.", "If it is nobody's task, everybody waits for the others."];
    NO_DUTY "duty.none" Should
        ["Es steht keine Meldepflicht im Handbuch.", "No duty to report stands in the handbook."]
        ["Klären Sie, welche Pflichten Sie haben, und übernehmen Sie diese aus dem Katalog.", "Find out which duties you have, and take them over from the catalogue."]
        ["Manche Frist beträgt vier Stunden, und die Uhr läuft ab dem ersten Verdacht.", "Some time limits are four hours, and the clock starts with the first suspicion."];
    OLD_DUTY "duty.unverified" Should
        ["Die Pflicht „{0}“ wurde vor {1} Tagen zuletzt mit dem Gesetz verglichen.", "The duty “{0}” was last compared with the law {1} days ago."]
        ["Vergleichen Sie sie mit der Quelle, und tragen Sie den Tag ein.", "Compare it with its source, and write down the day."]
        ["Gesetze ändern sich, auch Fristen und Stellen.", "Laws change, and with them time limits and offices."];
    NO_DUTY_OWNER "duty.owner" Should
        ["Niemand gibt die Meldung „{0}“ ab.", "Nobody sends the report “{0}”."]
        ["Nennen Sie die Rolle, die sie abgibt.", "Name the role that sends it."]
        ["Eine Frist ohne Namen wird versäumt.", "A time limit without a name is missed."];
    SLOW_POLICY "plan.slower-than-duty" Should
        ["Nach „{0}“ vergehen zwischen zwei Meldungen bis zu {1}, die Pflicht „{2}“ läuft schon nach {3} ab.", "By “{0}” up to {1} pass between two notices, but the duty “{2}” runs out after {3}."]
        ["Kürzen Sie den Abstand der Meldungen.", "Shorten the rhythm of the notices."]
        ["Wer der Behörde schneller schreibt als den Menschen, muss sich erklären.", "Whoever tells the authority sooner than the people has to explain it."];
    UNTOLD_PASSAGE "plan.passage-untold" Should
        ["„{0}“ hat einen Zusatz für „{1}“, aber dieser Kreis bekommt die Meldungen des Plans nicht.", "“{0}” has a passage for “{1}”, but this audience does not get the notices of the plan."]
        ["Nehmen Sie den Kreis in den Plan auf, oder nehmen Sie den Zusatz heraus.", "Add the audience to the plan, or take the passage out."]
        ["Was niemand bekommt, erklärt niemandem etwas, und im Notfall verlässt man sich darauf.", "What nobody gets tells nobody anything, and in an emergency people rely on it."];
    NO_PLAN_EXERCISE "plan.never-exercised" Should
        ["„{0}“ wurde noch nie geübt.", "“{0}” has never been exercised."]
        ["Spielen Sie den Plan am Tisch durch, eine Stunde genügt für den Anfang.", "Walk through the plan at a table; an hour is enough to begin with."]
        ["Was beim ersten Mal klappen muss, sollte nicht das erste Mal sein.", "What has to work the first time should not be the first time."];
    OLD_PLAN_EXERCISE "plan.exercise-overdue" Should
        ["„{0}“ wurde vor {1} Tagen zuletzt geübt.", "“{0}” was last exercised {1} days ago."]
        ["Planen Sie die nächste Übung, und tragen Sie danach den Tag ein.", "Plan the next drill, and write down its day afterwards."]
        ["Wissen verblasst, und Neue waren beim letzten Mal nicht dabei.", "Knowledge fades, and newcomers were not there last time."];
    NO_IMMEDIATE "plan.immediate" Could
        ["„{0}“ hat keine Sofortmaßnahmen.", "“{0}” has no immediate measures."]
        ["Schreiben Sie die zwei oder drei Handgriffe der ersten Minuten auf.", "Write down the two or three things to do in the first minutes."]
        ["In den ersten Minuten liest niemand lange.", "Nobody reads long in the first minutes."];
    NO_STEP_CHECK "step.check" Could
        ["Bei Schritt {1} von „{0}“ steht nicht, woran man sieht, dass er gelungen ist.", "Step {1} of “{0}” does not say how to see that it worked."]
        ["Schreiben Sie dazu, was dann zu sehen ist.", "Add what is to be seen then."]
        ["Sonst wird abgehakt, was getan wurde, nicht was hilft.", "Otherwise what was done is ticked off, not what helps."];
    NO_STEP_LIMIT "step.within" Could
        ["Bei Schritt {1} von „{0}“ steht nicht, wie lange er dauern darf.", "Step {1} of “{0}” does not say how long it may take."]
        ["Schreiben Sie eine Frist dazu.", "Add a time limit."]
        ["Ohne Frist fällt nicht auf, dass etwas hängt.", "Without a limit nobody notices that something is stuck."];
    NO_STEP_OTHERWISE "step.otherwise" Could
        ["Bei Schritt {1} von „{0}“ steht nicht, was zu tun ist, wenn er misslingt.", "Step {1} of “{0}” does not say what to do if it fails."]
        ["Schreiben Sie dazu, was dann kommt und wen man ruft.", "Add what comes then, and whom to call."]
        ["Der Plan endet sonst genau da, wo es schwierig wird.", "Otherwise the plan ends just where it gets difficult."];
    OLD_STEP "step.proof-overdue" Could
        ["Schritt {2} von „{0}“ wurde vor {1} Tagen zuletzt wirklich ausgeführt.", "Step {2} of “{0}” was last really carried out {1} days ago."]
        ["Führen Sie ihn in einer Übung aus, und tragen Sie den Tag ein.", "Carry it out in a drill, and write down the day."]
        ["Befehle, Knöpfe und Zugänge ändern sich.", "Commands, buttons and access change."];
    NO_RESTART "plan.restart" Could
        ["„{0}“ betrifft mehrere Teile, sagt aber nicht, in welcher Reihenfolge sie wieder anlaufen.", "“{0}” is for several parts, but does not say in which order they start again."]
        ["Schreiben Sie die Reihenfolge auf.", "Write down the order."]
        ["Was vor dem anläuft, was es braucht, fällt gleich wieder um.", "What starts before the things that it needs falls over again at once."];
}
