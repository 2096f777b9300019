using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.Bench.Workload;

/// <summary>Input records of one topic, each a function of the seed and its number alone.</summary>
internal interface IWorkload
{
    string Topic { get; }

    /// <summary>The record of a number.</summary>
    OutputRecord Create(int id);

    /// <summary>The number of a record read back; -1 where it is none of this workload's.</summary>
    int FindId(in InputRecord record);
}
