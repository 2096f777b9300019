namespace KafkaFunctions.Reference.Tables;

/// <summary>What a record did to a table: the row before and after.</summary>
internal sealed record TableChange(string Key, TableRow? Before, TableRow? After, long Timestamp);
