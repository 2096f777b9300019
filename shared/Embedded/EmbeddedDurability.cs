namespace KafkaFunctions.Embedded;

/// <summary>What an acknowledgement of the embedded event log outlives.</summary>
public enum EmbeddedDurability
{
    /// <summary>A killed process and a power cut: every acknowledged write has been flushed to the disk.</summary>
    Full,

    /// <summary>A killed process. A power cut may take the last acknowledged writes; faster where flushing is slow.</summary>
    ProcessCrash,
}
