//! Of people, roles, alarm chains, rotas and partners.

use super::{Grade, Said, Sort, sorts};

sorts! { PERSON:
    NO_DEPUTY "role.deputy" Must
        ["Die Rolle „{0}“ hat keine Stellvertretung.", "The role “{0}” has no deputy."]
        ["Nennen Sie jemanden, der einspringt.", "Name somebody who stands in."]
        ["Menschen schlafen, fliegen und werden krank.", "People sleep, fly and fall ill."];
    ONE_FOR_ALL "role.one-for-all" Should
        ["„{0}“ hat alle {1} Rollen.", "“{0}” holds all {1} roles."]
        ["Verteilen Sie die Rollen auf mindestens zwei Menschen.", "Share the roles between two people at least."]
        ["Wer den Rechner repariert, kann nicht zugleich die Meldungen schreiben.", "Whoever repairs the machine cannot write the notices at the same time."];
    NO_TASK "role.task" Could
        ["Bei der Rolle „{0}“ steht nicht, was sie tut.", "The role “{0}” does not say what it does."]
        ["Schreiben Sie in zwei Sätzen auf, was ihre Aufgabe ist.", "Write down in two sentences what its task is."]
        ["Wer nachts einspringt, hat die Rolle vielleicht noch nie gehabt.", "Whoever stands in at night may never have had the role."];
    UNTRAINED "plan.untrained" Should
        ["Für „{0}“ ist niemand geschult.", "Nobody is trained in “{0}”."]
        ["Gehen Sie den Plan mit denen durch, die ihn ausführen, und tragen Sie den Tag bei ihnen ein.", "Go through the plan with those who carry it out, and write down the day beside them."]
        ["Im Ernstfall ist keine Zeit, den Plan kennenzulernen.", "In earnest there is no time to get to know the plan."];
    NO_CHAIN "chain.none" Should
        ["Es gibt keine Alarmkette.", "There is no alarm chain."]
        ["Schreiben Sie auf, wer zuerst geweckt wird, und wer danach, wenn niemand antwortet.", "Write down who is woken first, and who next when nobody answers."]
        ["Sonst endet der Alarm beim ersten ausgeschalteten Telefon.", "Otherwise the alarm ends at the first telephone that is off."];
    SHORT_CHAIN "chain.short" Should
        ["Die Alarmkette „{0}“ hat nur ein Glied.", "The alarm chain “{0}” has only one rung."]
        ["Fügen Sie ein zweites Glied hinzu.", "Add a second rung."]
        ["Eine Kette aus einem Glied ist ein einzelner Mensch.", "A chain of one rung is a single person."];
    ONE_CHANNEL_CHAIN "chain.one-channel" Should
        ["Die Alarmkette „{0}“ benutzt nur einen Weg: „{1}“.", "The alarm chain “{0}” uses only one channel: “{1}”."]
        ["Geben Sie einem Glied einen zweiten Weg.", "Give one of the rungs a second channel."]
        ["Fällt dieser Weg aus, wird niemand geweckt.", "If that channel fails, nobody is woken."];
    ENDLESS_CHAIN "chain.otherwise" Could
        ["Bei der Alarmkette „{0}“ steht nicht, was geschieht, wenn niemand antwortet.", "The alarm chain “{0}” does not say what happens when nobody answers."]
        ["Schreiben Sie dazu, was dann gilt.", "Add what holds then."]
        ["Auch das muss vorher jemand entschieden haben.", "That too has to be decided beforehand."];
    LONELY_ROTA "rota.one-person" Should
        ["In der Bereitschaft „{0}“ steht nur ein Mensch.", "Only one person is in the rota “{0}”."]
        ["Nehmen Sie einen zweiten Menschen auf.", "Take in a second person."]
        ["Niemand hat immer Bereitschaft.", "Nobody is always on call."];
    NO_NUMBER "contact.no-phone" Must
        ["Von „{0}“ steht keine Telefonnummer da.", "There is no telephone number of “{0}”."]
        ["Tragen Sie die Nummer ein, am besten eine, die auch nachts jemand hört.", "Write down the number, best one that is heard at night."]
        ["Fällt das Netz aus, bleibt nur das Telefon.", "When the network is gone only the telephone is left."];
    NO_SECOND_WAY "contact.one-way" Should
        ["„{0}“ ist nur auf einem Weg zu erreichen.", "“{0}” can be reached in only one way."]
        ["Tragen Sie eine zweite Adresse oder Nummer ein.", "Write down a second address or number."]
        ["Ein Weg ist keiner, wenn er gerade ausfällt.", "One way is none when it has just failed."];
    NO_CONTACT_PROOF "contact.unproven" Could
        ["Ob {0} stimmt, hat noch niemand ausprobiert.", "Nobody has tried whether {0} is right."]
        ["Rufen Sie an oder schreiben Sie, und tragen Sie den Tag ein.", "Call or write, and write down the day."]
        ["Eine falsche Ziffer fällt sonst erst im Ausfall auf.", "Otherwise a wrong digit is noticed in the outage."];
    OLD_CONTACT "contact.proof-overdue" Should
        ["Ob {0} noch stimmt, hat seit {1} Tagen niemand ausprobiert.", "Nobody has tried for {1} days whether {0} is still right."]
        ["Rufen Sie an oder schreiben Sie, und tragen Sie den Tag ein.", "Call or write, and write down the day."]
        ["Nummern wechseln, und niemand meldet es dem Handbuch.", "Numbers change, and nobody tells the handbook."];
    NO_PARTNER_CALL "partner.never-called" Should
        ["„{0}“ hat von hier noch nie jemand angerufen.", "Nobody here has ever called “{0}”."]
        ["Rufen Sie einmal an. Das dauert zwei Minuten.", "Call once. It takes two minutes."]
        ["Im Ausfall merkt man sonst, dass die Nummer in eine Warteschleife führt.", "Otherwise one learns in the outage that the number leads to a queue."];
    OLD_PARTNER_CALL "partner.call-overdue" Should
        ["„{0}“ hat seit {1} Tagen niemand angerufen.", "Nobody has called “{0}” for {1} days."]
        ["Rufen Sie einmal an, und tragen Sie den Tag ein.", "Call once, and write down the day."]
        ["Auch Firmen ziehen um und werden verkauft.", "Companies move and are sold, too."];
    NO_CONTRACT "partner.contract" Could
        ["Bei „{0}“ steht kein Vertrag und keine Kundennummer.", "No contract or customer number stands with “{0}”."]
        ["Schreiben Sie dazu, wo beides zu finden ist.", "Add where to find them."]
        ["Danach wird als Erstes gefragt.", "That is what is asked first."];
    NO_HOURS "partner.hours" Should
        ["Bei „{0}“ steht nicht, wann jemand da ist.", "It is not said when “{0}” can be reached."]
        ["Schreiben Sie die Zeiten dazu.", "Add the hours."]
        ["Die meisten Ausfälle sind nicht zu Bürozeiten.", "Most outages are not in office hours."];
    NO_RESPONSE "partner.response" Could
        ["„{0}“ hat keine Zeit zugesagt, in der jemand antwortet.", "“{0}” has promised no response time."]
        ["Sehen Sie im Vertrag nach, und tragen Sie die Zeit ein.", "Look it up in the contract, and write it down."]
        ["Nur wer sie kennt, merkt, dass sie um ist.", "Only who knows it notices that it is over."];
    NO_CALLOUT "partner.callout" Could
        ["Für den Anruf bei „{0}“ ist kein Text vorbereitet.", "No text is prepared for the call to “{0}”."]
        ["Schreiben Sie auf, was man am Telefon sagt.", "Write down what to say on the telephone."]
        ["Aufgeregte Menschen vergessen die Hälfte.", "People in a fright forget half of it."];
}
