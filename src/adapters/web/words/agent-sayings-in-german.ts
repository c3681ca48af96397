const keyCure = 'Geben Sie unter api_key von retell in der Firmendatei einen gültigen an oder in RETELL_API_KEY.'

/** What the application and the adapter of Retell say about agents, their publications and their history, and the same in German. */
export const agentSayingsInGerman: readonly (readonly [shape: RegExp, german: string])[] = [
  // Reading agents in
  [
    /^Retell has no agent of this id\. Correct it in the company file\.$/,
    'Retell hat keinen Agenten mit dieser Kennung. Berichtigen Sie sie in der Firmendatei.',
  ],
  [
    /^There is no key for Retell\. Put one under api_key of retell in the company file, or into RETELL_API_KEY\.$/,
    'Es gibt keinen Schlüssel von Retell. Geben Sie einen unter api_key von retell in der Firmendatei an oder in RETELL_API_KEY.',
  ],
  [
    /^Some agents could not be read; each of them says why, and stays as it was known\.$/,
    'Manche Agenten waren nicht lesbar; bei jedem steht, warum, und er bleibt, wie er bekannt war.',
  ],
  // Numbers
  [/^The Retell account does not have this number\.$/, 'Das Retell-Konto hat diese Nummer nicht.'],
  [
    /^Retell still names another address\. Look at the number there\.$/,
    'Retell nennt weiter eine andere Adresse. Sehen Sie sich die Nummer dort an.',
  ],
  // The history
  [/^Seen at Retell as version (\d+)$/, 'Bei Retell als Version $1 gesehen'],
  [/^Seen at Retell as draft (\d+)$/, 'Bei Retell als Entwurf $1 gesehen'],
  [
    /^Seen at Retell as version (\d+), published from version (\d+)$/,
    'Bei Retell als Version $1 gesehen, veröffentlicht aus Version $2',
  ],
  [
    /^Version (\d+) with our webhook and the numbers that are to ring it$/,
    'Version $1 mit unserem Webhook und den Nummern, die ihn anrufen sollen',
  ],
  [/^What Retell had before version (\d+) was published$/, 'Was Retell hatte, bevor Version $1 veröffentlicht wurde'],
  [/^Kept before version (\d+) was restored$/, 'Aufbewahrt, bevor Version $1 wiederhergestellt wurde'],
  [/^Kept before it was pulled from Retell$/, 'Aufbewahrt, bevor der Stand von Retell übernommen wurde'],
  [/^Kept before the draft was discarded$/, 'Aufbewahrt, bevor der Entwurf verworfen wurde'],
  [/^Kept before both sides were merged$/, 'Aufbewahrt, bevor beide Seiten zusammengeführt wurden'],
  [/^Made here with the settings of the company$/, 'Hier mit den Einstellungen der Firma angelegt'],
  // The steps of a publication
  [/^Nothing that would harm callers was found\.$/, 'Nichts gefunden, was Anrufern schaden würde.'],
  [
    /^Kept what Retell has as version (\d+)\. Noted how (\d+) numbers? (?:is|are) bound\.$/,
    'Aufbewahrt, was Retell als Version $1 hat. Bindungen notiert: $2.',
  ],
  [
    /^Retell does not have this agent yet\. Noted how (\d+) numbers? (?:is|are) bound\.$/,
    'Retell hat diesen Agenten noch nicht. Bindungen notiert: $1.',
  ],
  [
    /^The Retell account does not have (.+)\. Choose other numbers\.$/,
    'Im Retell-Konto fehlt $1. Wählen Sie andere Nummern.',
  ],
  [/^Retell has it published already, as version (\d+)\.$/, 'Retell hat es schon veröffentlicht, als Version $1.'],
  [/^Retell has published version (\d+) already\.$/, 'Retell hat Version $1 schon veröffentlicht.'],
  [
    /^The draft is version (\d+) at Retell, as it was made before\.$/,
    'Der Entwurf ist bei Retell Version $1, wie zuvor angelegt.',
  ],
  [
    /^Made version (\d+) at Retell, a draft from version (\d+)\.$/,
    'Bei Retell Version $1 angelegt, ein Entwurf aus Version $2.',
  ],
  [
    /^Made the agent at Retell; its version 0 is the draft\.$/,
    'Agent bei Retell angelegt; seine Version 0 ist der Entwurf.',
  ],
  [
    /^Retell is ahead: its version (\d+) holds changes that are not known here\. .+$/,
    'Retell ist voraus: Version $1 enthält Änderungen, die hier fehlen. Übernehmen Sie sie, oder führen Sie zusammen; dort wurde nichts angerührt.',
  ],
  [
    /^Retell answered without naming the (?:draft|agent) that it made\..*$/,
    'Retell hat geantwortet, ohne zu nennen, was es angelegt hat. Setzen Sie fort; dann wird danach gesucht.',
  ],
  [
    /^What answers for it is not kept at Retell, so nothing has to be told\.$/,
    'Seine Gesprächslogik liegt nicht bei Retell; zu senden ist nichts.',
  ],
  [
    /^The draft names version (\d+) of its engine instead of (\d+)\. Undo, and publish again\.$/,
    'Der Entwurf nennt Version $1 seiner Gesprächslogik statt $2. Machen Sie es rückgängig, und veröffentlichen Sie erneut.',
  ],
  [
    /^Retell cannot give an agent an engine of another kind\. .+$/,
    'Retell kann einem Agenten keine Gesprächslogik anderer Art geben. Legen Sie einen neuen Agenten an, und lassen Sie die Nummern ihn anrufen.',
  ],
  [/^Nothing differs\.$/, 'Nichts unterscheidet sich.'],
  [/^Sent: (.+)\.$/, 'Gesendet: $1.'],
  [/^Retell has exactly what it was to have\.$/, 'Retell hat genau das, was es haben soll.'],
  [
    /^Retell still has something else in (.+)\. Resume to send it again, or undo\.$/,
    'Retell hat noch etwas anderes in $1. Setzen Sie fort, um es erneut zu senden, oder machen Sie es rückgängig.',
  ],
  [/^Asked Retell to publish version (\d+)\.$/, 'Retell gebeten, Version $1 zu veröffentlichen.'],
  [/^Retell says that version (\d+) is published\.$/, 'Retell bestätigt: Version $1 ist veröffentlicht.'],
  [
    /^Retell took the word to publish version (\d+), yet it is still a draft\. Resume to ask again\.$/,
    'Retell hat den Auftrag angenommen, doch Version $1 ist noch ein Entwurf. Setzen Sie fort, um noch einmal zu fragen.',
  ],
  [
    /^(?:Version (\d+) is not published at Retell any more|Retell does not have version (\d+) any more)\. Publish its content again instead\.$/,
    'Retell hat Version $1$2 nicht mehr veröffentlicht. Veröffentlichen Sie ihren Inhalt stattdessen erneut.',
  ],
  [
    /^It is not known which version (?:at Retell is meant|the numbers are to ring)\. Undo, and publish again\.$/,
    'Es ist nicht bekannt, welche Version gemeint ist. Machen Sie es rückgängig, und veröffentlichen Sie erneut.',
  ],
  [
    /^Retell does not have version (\d+) any more\. Resume, and another draft is made\.$/,
    'Retell hat Version $1 nicht mehr. Setzen Sie fort; dann entsteht ein neuer Entwurf.',
  ],
  [/^It is published at Retell already\.$/, 'Bei Retell ist es schon veröffentlicht.'],
  [/^Retell shows no version of this agent\.$/, 'Retell zeigt keine Version dieses Agenten.'],
  [/^Retell does not have this agent any more\.$/, 'Retell hat diesen Agenten nicht mehr.'],
  [
    /^Retell does not show (?:what answers for )?version (\d+) of this agent\.$/,
    'Retell zeigt Version $1 dieses Agenten nicht.',
  ],
  [/^No number was to be changed\.$/, 'Keine Nummer war zu ändern.'],
  [
    /^No number was changed: it is reached once a rollout sends callers to it\.$/,
    'Keine Nummer wurde geändert: Anrufer erreichen die Version, sobald eine Erprobung sie dorthin leitet.',
  ],
  [/^Told: (.+)\.$/, 'Mitgeteilt: $1.'],
  [/^No number had to change\.$/, 'Keine Nummer musste sich ändern.'],
  [/^No number had to change\. Left as before: (.+)\.$/, 'Keine Nummer musste sich ändern. Wie zuvor bleiben: $1.'],
  [/^Proven for ([^.]+)\.$/, 'Belegt für $1.'],
  [/^Proven for ([^.]+)\. Left as before: (.+)\.$/, 'Belegt für $1. Wie zuvor bleiben: $2.'],
  [
    /^Retell took the word, yet (.+) do(?:es)? not ring version (\d+); (\d+) of (\d+) numbers do\. .+$/,
    'Retell hat den Auftrag angenommen, doch $1 erreicht Version $2 nicht; $3 von $4 Nummern tun es. Setzen Sie fort, oder machen Sie es rückgängig.',
  ],
  // Undoing
  [/^The numbers are bound as before\.$/, 'Die Nummern sind wieder verbunden wie zuvor.'],
  [
    /^Somebody else bound (.+) since, so that was left\. The other numbers are bound as before\.$/,
    'Jemand anders hat $1 seither verbunden; das blieb so. Die anderen Nummern sind wieder verbunden wie zuvor.',
  ],
  [/^Nothing was made at Retell\.$/, 'Bei Retell war nichts angelegt.'],
  [/^Retell does not have version (\d+) any more\.$/, 'Retell hat Version $1 nicht mehr.'],
  [
    /^Version (\d+) stays published at Retell; no number was left on it\.$/,
    'Version $1 bleibt bei Retell veröffentlicht; keine Nummer erreicht sie.',
  ],
  [
    /^Somebody else changed the draft (\d+) at Retell, so it stays\.$/,
    'Jemand anders hat den Entwurf $1 bei Retell geändert; er bleibt.',
  ],
  [/^The agent that was made at Retell is deleted again\.$/, 'Der bei Retell angelegte Agent ist wieder gelöscht.'],
  [/^The draft (\d+) at Retell is deleted\.$/, 'Der Entwurf $1 bei Retell ist gelöscht.'],
  [
    /^Retell took the word to delete its draft (\d+), yet it is still there\. Undo again\.$/,
    'Retell hat den Auftrag angenommen, doch der Entwurf $1 ist noch da. Machen Sie es noch einmal rückgängig.',
  ],
  // Rollouts
  [/^rolled back$/, 'zurückgegangen'],
  [/^its first calls failed$/, 'ihre ersten Anrufe sind gescheitert'],
  [/^its callers book less$/, 'ihre Anrufer buchen weniger'],
  [/^more of its calls fail$/, 'mehr ihrer Anrufe scheitern'],
  [/^more of its callers are displeased$/, 'mehr ihrer Anrufer sind verärgert'],
  [/^more of its callers hang up at once$/, 'mehr ihrer Anrufer legen gleich auf'],
  [/^it repeats itself more$/, 'sie wiederholt sich öfter'],
  [/^its tools fail more$/, 'ihre Funktionen scheitern öfter'],
  [/^There is no such version\.$/, 'Diese Version gibt es nicht.'],
  [/^Callers reach this version already\.$/, 'Anrufer erreichen diese Version schon.'],
  [
    /^Retell does not have this version published\. Publish it without numbers first\.$/,
    'Retell hat diese Version nicht veröffentlicht. Veröffentlichen Sie sie zuerst als Kandidatin.',
  ],
  // What was entered
  [/^This is none of the numbers of the company\.$/, 'Diese Nummer gehört nicht zur Firma.'],
  [/^This is no phone number\.$/, 'Das ist keine Telefonnummer.'],
  [
    /^This is nested more deeply than anything is read\.$/,
    'Das ist tiefer verschachtelt, als irgendetwas gelesen wird.',
  ],
  [
    /^This stands for a secret that the agent does not have\. .+$/,
    'Das steht für ein Geheimnis, das der Agent nicht hat. Lassen Sie seine eigenen stehen, oder schreiben Sie ein neues aus.',
  ],
  // Agents as files
  [
    /^This is no agent in any form that we know: an export of ours, or one of Retell\.$/,
    'Das ist kein Agent in einer bekannten Form: weder ein Export von hier noch einer von Retell.',
  ],
  [
    /^This names a prompt or flow and does not hold it\. Export the agent together with it\.$/,
    'Darin ist eine Gesprächslogik nur genannt und nicht enthalten. Exportieren Sie den Agenten zusammen mit ihr.',
  ],
  // What Retell said
  [
    /^Retell did not answer in time, so nobody knows whether it was done\. .+$/,
    'Retell hat nicht rechtzeitig geantwortet; niemand weiß, ob es geschah. Setzen Sie fort; dann wird zuerst nachgesehen.',
  ],
  [/^Retell cannot answer now (\(\d+\))\.$/, 'Retell kann gerade nicht antworten $1.'],
  [
    /^Retell answered with a page in place of data (\(\d+\))\.$/,
    'Retell hat mit einer Seite statt mit Daten geantwortet $1.',
  ],
  [
    /^Retell answered in a shape that is not known here\.$/,
    'Retell hat in einer Form geantwortet, die hier nicht bekannt ist.',
  ],
  [/^Retell does not accept the API key (\(\d+\))\. .+$/, `Retell nimmt den API-Schlüssel nicht an $1. ${keyCure}`],
  [
    /^The API key of Retell holds characters that no key has\. .+$/,
    `Der API-Schlüssel von Retell enthält Zeichen, die kein Schlüssel hat. ${keyCure}`,
  ],
  [
    /^Retell asks for a payment (\(\d+\))\. Look at the billing page of the account\.$/,
    'Retell verlangt eine Zahlung $1. Sehen Sie auf die Abrechnungsseite des Kontos.',
  ],
  [
    /^The API key has no right to this (\(\d+\))\. .+$/,
    'Der API-Schlüssel darf das nicht $1. Geben Sie ihm Edit für Agenten und Nummern und Read für die Geschichte.',
  ],
  [
    /^(?:Retell refused it: )?The version is published and cannot be changed\. Make a new draft of it\..*$/,
    'Die Version ist veröffentlicht und nicht mehr zu ändern. Legen Sie einen neuen Entwurf davon an.',
  ],
  [
    /^(?:Retell refused it: )?There is no such agent, version, engine or number in this account\..*$/,
    'Diesen Agenten, diese Version, Gesprächslogik oder Nummer gibt es in diesem Konto nicht.',
  ],
  [
    /^(?:Retell refused it: )?The weights of the agents of a number have to add up to 1\..*$/,
    'Die Gewichte der Agenten einer Nummer müssen zusammen 1 ergeben.',
  ],
  [
    /^(?:Retell refused it: )?It is still in use\. Take it from its numbers and agents first\..*$/,
    'Es ist noch in Gebrauch. Nehmen Sie es zuerst von seinen Nummern und Agenten.',
  ],
  [
    /^(?:Retell refused it: )?The tools of Retell for Cal\.com are gone\. Use the tools of frontdesk instead\..*$/,
    'Die Funktionen von Retell für Cal.com gibt es nicht mehr. Verwenden Sie die von frontdesk.',
  ],
  [
    /^(?:Retell refused it: )?The agent names another version of its engine than its own\..*$/,
    'Der Agent nennt eine andere Version seiner Gesprächslogik als die eigene.',
  ],
  [/^(?:Retell refused it: )?The version is published already\..*$/, 'Die Version ist schon veröffentlicht.'],
  [
    /^(?:Retell refused it: )?Retell refused the request\. (\(\d+\))\.?$/,
    'Retell hat die Anfrage abgelehnt $1, ohne zu sagen, warum.',
  ],
  [/^(?:Retell refused it: )?Retell does not take: (.+?)\.(?: \(\d+\))?\.?$/, 'Retell nimmt nicht an: $1.'],
]
