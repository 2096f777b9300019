namespace KafkaFunctions.Supply.Packages;

/// <summary>A package as a lock file names it.</summary>
internal readonly record struct LockedPackage(string Id, string Version) : IComparable<LockedPackage>
{
    public int CompareTo(LockedPackage other)
    {
        var byId = string.Compare(Id, other.Id, StringComparison.OrdinalIgnoreCase);
        return byId != 0 ? byId : string.CompareOrdinal(Version, other.Version);
    }

    public override string ToString() => $"{Id} {Version}";
}
