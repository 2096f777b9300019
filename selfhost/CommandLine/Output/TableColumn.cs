namespace KafkaFunctions.SelfHost.CommandLine.Output;

/// <summary>A column of a table.</summary>
/// <param name="Title">What its first line says.</param>
/// <param name="IsNumber">Numbers stand to the right.</param>
internal readonly record struct TableColumn(string Title, bool IsNumber = false);
