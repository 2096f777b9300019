using KafkaFunctions.Embedded.Storage;
using KafkaFunctions.Streams.Brokers;

namespace KafkaFunctions.Embedded.Topics;

/// <summary>Creates a topic; the result is false where it existed.</summary>
internal sealed class CreateTopicOperation(TopicSpecification specification) : WriteOperation<bool>
{
    protected override bool Write(WriteSession session)
    {
        if (Exists(session))
        {
            return false;
        }

        var topicId = session.Scalar(
            "INSERT INTO topics (name, retention_ms, max_record_bytes) VALUES (?1, ?2, ?3) RETURNING id",
            specification.Name,
            (long?)specification.Retention?.TotalMilliseconds,
            specification.MaxRecordBytes);
        for (var number = 0; number < specification.Partitions; number++)
        {
            session.Execute("INSERT INTO partitions (topic_id, number) VALUES (?1, ?2)", topicId, (long)number);
        }

        return true;
    }

    private bool Exists(WriteSession session)
    {
        using var row = session.Query("SELECT name FROM topics");
        string? colliding = null;
        while (row.Read())
        {
            var name = row.GetString(0);
            if (name == specification.Name)
            {
                return true;
            }

            colliding = TopicRules.Collide(name, specification.Name) ? name : colliding;
        }

        return colliding is null ? false : throw new ArgumentException(
            $"Topic '{specification.Name}' collides with topic '{colliding}': Kafka takes '.' and '_' for the same.");
    }
}
