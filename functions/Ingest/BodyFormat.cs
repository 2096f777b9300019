namespace KafkaFunctions.App.Ingest;

/// <summary>How a request's body holds its records.</summary>
internal enum BodyFormat
{
    /// <summary>One JSON document; an array is one record per element.</summary>
    Json,

    /// <summary>One JSON document per line.</summary>
    NdJson,

    /// <summary>One record per line, whatever the line says.</summary>
    Text,
}
