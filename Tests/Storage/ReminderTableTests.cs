using Orleans.Story.Storage.Reminders;
using Orleans.Story.Storage.Writing;
using Orleans.Story.Tests.Storage.Support;

namespace Orleans.Story.Tests.Storage;

public sealed class ReminderTableTests : IDisposable
{
    private readonly SqliteDatabase _database = new();
    private readonly StoryStore _store;
    private readonly SqliteReminderTable _table;

    public ReminderTableTests()
    {
        _store = _database.Open();
        _table = new SqliteReminderTable(_store);
    }

    public void Dispose()
    {
        _store.Dispose();
        _database.Dispose();
    }

    [Fact]
    public async Task A_reminder_comes_back_as_it_was_kept_also_after_reopening()
    {
        var entry = Entry("a", "wake");
        var etag = await _table.UpsertRow(entry);
        _store.Dispose();
        using var again = _database.Open();
        var read = (await new SqliteReminderTable(again).ReadRow(entry.GrainId, "wake"))!;
        read.ShouldSatisfyAllConditions(
            row => row.GrainId.ShouldBe(entry.GrainId),
            row => row.ReminderName.ShouldBe("wake"),
            row => row.StartAt.ShouldBe(entry.StartAt),
            row => row.StartAt.Kind.ShouldBe(DateTimeKind.Utc),
            row => row.Period.ShouldBe(entry.Period),
            row => row.ETag.ShouldBe(etag));
    }

    [Fact]
    public async Task Keeping_it_again_replaces_it_under_a_new_etag()
    {
        var entry = Entry("a", "wake");
        var first = await _table.UpsertRow(entry);
        entry.Period = TimeSpan.FromMinutes(7);
        var second = await _table.UpsertRow(entry);
        second.ShouldNotBe(first);
        var rows = (await _table.ReadRows(entry.GrainId)).Reminders;
        rows.Count.ShouldBe(1);
        rows[0].Period.ShouldBe(TimeSpan.FromMinutes(7));
        rows[0].ETag.ShouldBe(second);
    }

    [Fact]
    public async Task Removing_needs_the_etag_of_what_is_there()
    {
        var entry = Entry("a", "wake");
        var first = await _table.UpsertRow(entry);
        var second = await _table.UpsertRow(entry);
        (await _table.RemoveRow(entry.GrainId, "wake", first!)).ShouldBeFalse();
        (await _table.RemoveRow(entry.GrainId, "wake", second!)).ShouldBeTrue();
        (await _table.RemoveRow(entry.GrainId, "wake", second!)).ShouldBeFalse();
        (await _table.ReadRow(entry.GrainId, "wake")).ShouldBeNull();
    }

    [Fact]
    public async Task A_grain_sees_its_own_reminders()
    {
        foreach (var (grain, name) in ((string, string)[])[("a", "one"), ("a", "two"), ("b", "one")])
            await _table.UpsertRow(Entry(grain, name));
        (await _table.ReadRows(Entry("a", "").GrainId)).Reminders.Select(row => row.ReminderName).ShouldBe(["one", "two"], ignoreOrder: true);
        (await _table.ReadRow(Entry("b", "").GrainId, "two")).ShouldBeNull();
        await _table.TestOnlyClearTable();
        (await _table.ReadRows(0, 0)).Reminders.ShouldBeEmpty();
    }

    /// <summary>Every range between the grains' own hashes, wrapped and not, against the rule itself.</summary>
    [Fact]
    public async Task A_range_excludes_its_begin_includes_its_end_and_wraps()
    {
        var hashes = new List<uint>();
        for (var n = 0; n < 12; n++)
        {
            var entry = Entry($"grain{n}", "wake");
            hashes.Add(entry.GrainId.GetUniformHashCode());
            await _table.UpsertRow(entry);
        }

        uint[] bounds = [.. hashes, 0, 1, uint.MaxValue, .. hashes.Select(hash => hash - 1)];
        foreach (var begin in bounds)
        {
            foreach (var end in bounds)
            {
                var found = (await _table.ReadRows(begin, end)).Reminders.Select(row => row.GrainId.GetUniformHashCode());
                var expected = hashes.Where(hash => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end);
                found.ShouldBe(expected, ignoreOrder: true, $"({begin}, {end}]");
            }
        }
    }

    private ReminderEntry Entry(string grain, string name) => new()
    {
        GrainId = GrainId.Create("session", grain),
        ReminderName = name,
        StartAt = _database.Time.Now.UtcDateTime.AddTicks(1),
        Period = TimeSpan.FromMinutes(1),
    };
}
