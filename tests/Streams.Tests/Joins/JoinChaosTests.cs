using System.Globalization;
using KafkaFunctions.Streams.Processing;
using KafkaFunctions.Streams.Records;
using KafkaFunctions.Streams.Serialization;
using KafkaFunctions.Streams.State.InMemory;
using KafkaFunctions.Streams.Tests.State;
using static KafkaFunctions.Streams.Tests.Joins.JoinApps;

namespace KafkaFunctions.Streams.Tests.Joins;

/// <summary>Random records of both sides, in random batches; at any step other instances of either function run, and instances end. Each
/// key's last value on the topic is what the last records of both sides make, and records with one identity are copies.</summary>
public sealed class JoinChaosTests
{
    private const int Seeds = 150;
    private const int MaxDepth = 3;
    private const int MaxBatches = 2_000;

    [Theory]
    [MemberData(nameof(JoinInterleavingTests.Joins), MemberType = typeof(JoinInterleavingTests))]
    public async Task BothFunctions_UnderChaos_EndWithTheResultOfTheLastRecords(string join, bool folds)
    {
        for (var seed = 0; seed < Seeds; seed++)
        {
            await using var chaos = new Chaos(join, folds, seed);

            await chaos.RunAsync();

            Assert.True(chaos.Expected().SequenceEqual(chaos.Apps.Last()), $"seed {seed}: expected {string.Join(", ", chaos.Expected())}, but it was {string.Join(", ", chaos.Apps.Last())}");
            Assert.True(chaos.Apps.Different() is [], $"seed {seed}: with one identity there are {string.Join(", ", chaos.Apps.Different())}");
        }
    }

    private sealed class Chaos : IStateHook, IAsyncDisposable
    {
        private readonly InMemoryStateStorage _storage = new();
        private readonly Random _random;
        private readonly string _join;
        private readonly InputRecord[][] _records;
        private readonly int[] _done = [0, 0];
        private readonly StateApp?[] _owners = [null, null];
        private readonly Stack<(int Side, int From)> _running = [];

        public Chaos(string join, bool folds, int seed)
        {
            _random = new Random(seed);
            _join = join;
            _records = [RecordsOf(LeftRecord), RecordsOf(RightRecord)];
            Apps = new JoinApps(() => JoinInterleavingTests.Build(join), _storage) { Run = new StreamRunOptions { FoldBatch = folds } };
            _storage.Hook = this;
        }

        public JoinApps Apps { get; }

        private bool IsCalm { get; set; }

        public async Task RunAsync()
        {
            for (var i = 0; i < MaxBatches && (_done[0] < _records[0].Length || _done[1] < _records[1].Length); i++)
            {
                await BatchAsync(_random.Next(2));
            }

            IsCalm = true;
            foreach (var side in new[] { 0, 1 })
            {
                _owners[side] = null;
                while (_done[side] < _records[side].Length)
                {
                    await BatchAsync(side);
                }
            }
        }

        public string[] Expected()
        {
            var (left, right) = (TableOf(0), TableOf(1));
            var isForeign = _join.StartsWith("foreign", StringComparison.Ordinal);
            var keys = isForeign ? left.Keys : left.Keys.Union(right.Keys);
            return
            [
                .. from key in keys.Order(StringComparer.Ordinal)
                   let mine = left.GetValueOrDefault(key)
                   let other = right.GetValueOrDefault(isForeign ? mine![..1] : key)
                   where _join switch
                   {
                       "inner" or "foreign-inner" => mine is not null && other is not null,
                       "left" or "foreign-left" => mine is not null,
                       _ => true,
                   }
                   select $"{key}={mine}|{other}",
            ];
        }

        public ValueTask BeforeAsync(StateOperation operation, CancellationToken cancellationToken) => StepAsync();

        public ValueTask AfterAsync(StateOperation operation, CancellationToken cancellationToken) => StepAsync();

        public ValueTask DisposeAsync() => _storage.DisposeAsync();

        private InputRecord[] RecordsOf(Func<long, string?, string?, long, int, InputRecord> record) =>
        [
            .. Enumerable.Range(0, _random.Next(1, 14)).Select(offset => record(
                offset,
                "abcd"[_random.Next(4)].ToString(),
                _random.Next(5) == 0 ? null : "abc1"[_random.Next(4)] + _random.Next(3).ToString(CultureInfo.InvariantCulture),
                1_000,
                0)),
        ];

        private Dictionary<string, string> TableOf(int side) => _records[side]
            .GroupBy(record => Serdes.Utf8.Deserialize(record.Key)!)
            .Where(group => group.Last().Value is not null)
            .ToDictionary(group => group.Key, group => Serdes.Utf8.Deserialize(group.Last().Value)!);

        /// <summary>The next batch of a side, by its owner or by another instance.</summary>
        private async Task BatchAsync(int side)
        {
            var from = _done[side];
            var batch = _records[side][from..Math.Min(_records[side].Length, from + _random.Next(1, 5))];
            if (batch.Length == 0)
            {
                return;
            }

            var app = _owners[side] is { } owner && _running.Count == 0 ? owner : side == 0 ? Apps.Left() : Apps.Right();
            app.BeforePublish = () => StepAsync().AsTask().GetAwaiter().GetResult();
            _running.Push((side, from));
            try
            {
                await app.BatchAsync(batch);
                _done[side] = Math.Max(_done[side], from + batch.Length);
                _owners[side] = app;
            }
            catch (Interruption.CrashException)
            {
                _owners[side] = null;
            }
            finally
            {
                _running.Pop();
            }
        }

        private async ValueTask StepAsync()
        {
            var fate = IsCalm ? 100 : _random.Next(100);
            var (side, from) = _running.Peek();
            // An instance that was overtaken, and ends between publishing a value once more and looking at its row again, may leave that
            // value the last one: rule 7 promises nothing then.
            if (fate < 2 && _done[side] == from)
            {
                throw new Interruption.CrashException();
            }

            if (fate is >= 2 and < 10 && _running.Count <= MaxDepth)
            {
                await BatchAsync(_random.Next(2));
            }
        }
    }
}
