namespace KafkaFunctions.App.ChangeData;

/// <summary>What a record of a change log says, before its row is read.</summary>
/// <param name="Kind">What happened to the row.</param>
/// <param name="Row">The bytes of the row in the record's value; only of an upsert.</param>
/// <param name="Path">Where the row stands, as a JSON path; only of an upsert.</param>
internal readonly record struct Change(ChangeKind Kind, Range Row = default, string Path = JsonText.Root);
