using KafkaFunctions.Supply.Packages;

namespace KafkaFunctions.Supply.Notices;

/// <summary>A package and the licence that it is used under.</summary>
internal sealed record Licensed(PackageFacts Facts, string Licence);
