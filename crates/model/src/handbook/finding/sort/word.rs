//! Of what prepared notices say.

use super::{Grade, Said, Sort, sorts};

sorts! { WORD:
    LACKING_TEXT "text.left-out" Should
        ["„{0}“ zu „{1}“ sagt in der Sprache „{2}“ nicht: {3}.", "“{0}” of “{1}” does not say in the language “{2}”: {3}."]
        ["Ergänzen Sie den Satz, der fehlt.", "Add the sentence that is missing."]
        ["In der Nacht geht dieser Text so hinaus, wie er jetzt dasteht.", "At night this text goes out just as it stands now."];
    BOLD_TEXT "text.promise" Should
        ["„{0}“ zu „{1}“ verspricht in der Sprache „{2}“, was sich vielleicht nicht halten lässt: „{3}“.", "“{0}” of “{1}” promises in the language “{2}” what may not be kept: “{3}”."]
        ["Sagen Sie, was Sie vermuten, als Vermutung.", "Say what you expect as an expectation."]
        ["Ein gebrochenes Versprechen bleibt länger im Gedächtnis als der Ausfall.", "A broken promise is remembered longer than the outage."];
    BLAMING_TEXT "text.blame" Should
        ["„{0}“ zu „{1}“ gibt in der Sprache „{2}“ jemandem die Schuld: „{3}“.", "“{0}” of “{1}” blames somebody in the language “{2}”: “{3}”."]
        ["Nennen Sie die Ursache, nicht den Schuldigen.", "Name the cause, not the culprit."]
        ["Wer geholfen hätte, verteidigt sich dann.", "Whoever would have helped then defends themselves."];
    HARD_TEXT "text.hard" Could
        ["„{0}“ zu „{1}“ ist in der Sprache „{2}“ schwer zu lesen: „{3}“.", "“{0}” of “{1}” is hard to read in the language “{2}”: “{3}”."]
        ["Teilen Sie den Satz, und sagen Sie, wer etwas tut.", "Divide the sentence, and say who does something."]
        ["Wer in Sorge ist, liest einen langen Satz nicht zu Ende.", "Whoever is worried does not read a long sentence to its end."];
    JARGON_TEXT "text.jargon" Could
        ["„{0}“ zu „{1}“ hat in der Sprache „{2}“ Wörter, die nicht jeder kennt: {3}.", "“{0}” of “{1}” has words in the language “{2}” that not everybody knows: {3}."]
        ["Sagen Sie es mit den Wörtern Ihrer Besucher.", "Say it in the words of your visitors."]
        ["Wer ein Wort nicht versteht, fragt nach, und das hundertfach.", "Whoever does not understand a word asks, and so do a hundred others."];
}
