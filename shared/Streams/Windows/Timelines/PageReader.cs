namespace KafkaFunctions.Streams.Windows.Timelines;

/// <summary>Decodes pages of a row when they are needed.</summary>
/// <param name="create">Makes an entry.</param>
/// <param name="translate">What is raised for a page that cannot be read; null for the error itself.</param>
internal sealed class PageReader(Func<TimelineEntry> create, Func<InvalidDataException, Exception>? translate)
{
    public List<TimelineEntry> Decode(byte[] bytes, TimelineSegment page)
    {
        try
        {
            return TimelineCodec.DecodePage(bytes, page, create);
        }
        catch (InvalidDataException wrong) when (translate is not null)
        {
            throw translate(wrong);
        }
    }
}
