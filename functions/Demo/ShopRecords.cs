using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using KafkaFunctions.App.Advertising;
using KafkaFunctions.App.ChangeData;
using KafkaFunctions.App.Iot;
using KafkaFunctions.App.Orders;
using KafkaFunctions.Streams.Records;

namespace KafkaFunctions.App.Demo;

/// <summary>Makes up what the shop tells beside its access log: changes of its customers, orders, readings of its warehouse, and
/// advertisements that are shown and clicked. The same seed and times give the same records. Not safe for concurrent use.</summary>
[SuppressMessage("Security", "CA5394", Justification = "Made-up customers keep no secrets, and the same seed has to give the same records.")]
internal sealed class ShopRecords(int seed)
{
    // Of ten records four are readings, three impressions, one a click, one an order, one a customer.
    private const int Kinds = 10;

    private const int Customers = 100;
    private const int KeptImpressions = 50;
    private const double Temperature = 18;

    private static readonly string[] Names = ["Ada", "Grace", "Alan", "Edsger", "Barbara", "Donald"];
    private static readonly string[] Countries = ["DE", "FR", "PL", "SE"];
    private static readonly string[] Campaigns = ["spring", "outlet", "new-in"];

    private readonly Random _random = new(seed);
    private readonly Queue<string> _impressions = [];
    private long _count;

    /// <summary>The next record, and its topic.</summary>
    /// <param name="time">When it came to be.</param>
    public (string Topic, OutputRecord Record) Next(DateTimeOffset time) => (_count++ % Kinds) switch
    {
        0 => (Topics.Customers, Customer(time)),
        1 or 4 or 7 => (Topics.Impressions, Impression()),
        2 => (Topics.Clicks, Click()),
        3 => (Topics.Orders, Order(time)),
        _ => (Topics.Readings, Reading(time)),
    };

    private static OutputRecord Record<T>(string key, T value, JsonTypeInfo<T> type) => new(Encoding.UTF8.GetBytes(key), JsonSerializer.SerializeToUtf8Bytes(value, type));

    private OutputRecord Customer(DateTimeOffset time)
    {
        var id = _random.Next(Customers);
        var name = Names[_random.Next(Names.Length)];
        return Record(
            $$"""{"id":{{Text(id)}}}""",
            new Customer
            {
                Id = id,
                FirstName = name,
                LastName = $"No. {Text(id)}",
                Email = $"{name.ToLowerInvariant()}.{Text(id)}@shop.example",
                Country = Countries[_random.Next(Countries.Length)],
                UpdatedAt = time.ToString("O", CultureInfo.InvariantCulture),
            },
            AppJson.Wire.Customer);
    }

    private OutputRecord Order(DateTimeOffset time)
    {
        var id = $"o-{Text(_count)}";
        var order = new Order { OrderId = id, CustomerId = Text(_random.Next(Customers)), Total = _random.Next(500, 30_000) / 100m, Currency = "EUR", Time = time };
        return Record(id, order, AppJson.Wire.Order);
    }

    private OutputRecord Reading(DateTimeOffset time)
    {
        var device = $"shelf-{Text(_random.Next(8))}";
        var reading = new SensorReading { Device = device, Sensor = "temperature", Value = Math.Round(Temperature + (4 * _random.NextDouble()), 1), Unit = "°C", Time = time };
        return Record(device, reading, AppJson.Wire.SensorReading);
    }

    private OutputRecord Impression()
    {
        var id = $"i-{Text(_count)}";
        _impressions.Enqueue(id);
        if (_impressions.Count > KeptImpressions)
        {
            _impressions.Dequeue();
        }

        return Record(id, new Impression(Campaigns[_random.Next(Campaigns.Length)], ShopSite.Entry(_random), Text(_random.Next(Customers))), AppJson.Wire.Impression);
    }

    private OutputRecord Click() => Record(_impressions.Dequeue(), new Click(ShopSite.Origin + ShopSite.Entry(_random)), AppJson.Wire.Click);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
