namespace KafkaFunctions.Simulation;

/// <summary>A rule of the protocol (the design's section 6) that a simulation can break, to show that its checks notice. Rules are
/// broken from outside, between the shipped classes and what they run on.</summary>
internal enum ProtocolRule
{
    /// <summary>All rules hold.</summary>
    None,

    /// <summary>Rules 1 and 2: copies from upstream are recognised. Broken: stateful functions see no identities.</summary>
    Watermarks,

    /// <summary>Rule 1: the path belongs to the identity. Broken: all records of a topic have one path.</summary>
    Path,

    /// <summary>Rule 3: a row keeps what is to be published. Broken: it is stored without.</summary>
    Pending,

    /// <summary>Rule 3: writes are conditional. Broken: the last one wins.</summary>
    ConditionalWrite,

    /// <summary>Rule 5: a batch publishes in the order of its offsets. Broken: in any.</summary>
    PublishOrder,

    /// <summary>Rule 5: state before publish. Broken: rows are stored when the batch has published.</summary>
    StateBeforePublish,

    /// <summary>Rule 5: publish before progress. Broken: the other way round.</summary>
    PublishBeforeProgress,

    /// <summary>Rule 7: rows with several writers are looked at again. Broken: they are not.</summary>
    LookAgain,

    /// <summary>Rule 2: stream time is kept. Broken: the progress is stored without.</summary>
    StreamTime,

    /// <summary>Rule 6: whoever comes by publishes what is in an outbox. Broken: each instance what it has closed itself.</summary>
    Outbox,

    /// <summary>Rule 6: results are published in the order of their outbox. Broken: in any.</summary>
    OutboxOrder,

    /// <summary>Rule 6: results stay in the outbox until they are published. Broken: they are deleted when they are read.</summary>
    OutboxUntilPublished,

    /// <summary>Rule 6: a closed window's row stays. Broken: it is deleted at once.</summary>
    ClosedRow,
}
