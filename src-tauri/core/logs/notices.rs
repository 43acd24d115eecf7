//! What WhatsApp itself writes into an exported chat, in the languages of the phones.

/// Whether the line tells of the one under whose name it stands: "Anna: Anna added
/// Bob", "Me: You created this group".
pub(super) fn is_told(name: &str, text: &str) -> bool {
    const GERMAN: [&str; 4] = ["hinzugefügt.", "erstellt.", "geändert.", "entfernt."];
    const YOU: [&str; 30] = [
        "You created",
        "You added",
        "You removed",
        "You changed",
        "You left",
        "You joined",
        "You were added",
        "You're now",
        "You turned",
        "You updated",
        "You blocked",
        "You unblocked",
        "Du hast die Gruppe",
        "Du hast diese Gruppe",
        "Du hast den Betreff",
        "Du hast das Gruppenbild",
        "Du wurdest",
        "Creaste",
        "Añadiste",
        "Cambiaste",
        "Eliminaste a",
        "Saliste",
        "Vous avez créé",
        "Vous avez ajouté",
        "Vous avez changé",
        "Vous avez modifié l",
        "Você criou",
        "Você adicionou",
        "Você mudou",
        "Hai creato",
    ];
    let after = text.strip_prefix(name);
    after.is_some_and(|after| after.starts_with(char::is_whitespace))
        || YOU.iter().any(|you| text.starts_with(you))
        || (text.starts_with("Du hast ") && GERMAN.iter().any(|verb| text.ends_with(verb)))
}

/// WhatsApp's notice of encryption, which iPhones put into the mouth of the chat.
pub(super) fn is_notice(text: &str) -> bool {
    const NOTICES: [&str; 16] = [
        "Messages and calls are end-to-end encrypted",
        "Messages you send to this group are now secured",
        "Messages to this chat and calls are now secured",
        "Nachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt",
        "Los mensajes y las llamadas están cifrados",
        "Les messages et les appels sont chiffrés",
        "As mensagens e as chamadas são protegidas",
        "As mensagens e ligações são protegidas",
        "I messaggi e le chiamate sono crittografati",
        "Berichten en oproepen worden end-to-end versleuteld",
        "Mesajlar ve aramalar uçtan uca şifrelidir",
        "Сообщения и звонки защищены сквозным шифрованием",
        "Nachrichten in dieser Gruppe",
        "Nachrichten, die du in diese Gruppe sendest",
        "Los mensajes en este grupo",
        "消息和通话都进行端到端加密",
    ];
    NOTICES.iter().any(|notice| text.starts_with(notice))
}

/// What was said before the words that WhatsApp puts behind a message that was edited; `None` if there are none.
pub(super) fn before_edited(text: &str) -> Option<&str> {
    const EDITED: [&str; 8] = [
        "<This message was edited>",
        "<Diese Nachricht wurde bearbeitet.>",
        "<Se editó este mensaje.>",
        "<Mensagem editada>",
        "<Ce message a été modifié>",
        "<Questo messaggio è stato modificato>",
        "<Dit bericht is bewerkt>",
        "<Данное сообщение изменено>",
    ];
    EDITED.iter().find_map(|mark| text.strip_suffix(mark))
}
