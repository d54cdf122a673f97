using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using SitSense.Service.Days;
using SitSense.Service.Storage;

namespace SitSense.Service.Tests.Days;

public class WearingTests
{
    static Instant At(int hour) => Instant.FromUtc(2026, 11, 20, 0, 0) + Duration.FromHours(hour);

    [Fact]
    public void At_every_instant_a_device_has_one_wearer_and_the_spans_say_the_same()
    {
        var cuts = from edges in Gen.Choose(0, 100).ArrayOf() from names in Gen.Elements("anna", "ben", "desk-1", "").ArrayOf(edges.Length + 1) from open in Gen.Choose(0, 3) select (edges, names, open);
        Prop.ForAll(cuts.ToArbitrary(), one =>
        {
            var edges = one.edges.Distinct().Order().ToArray();
            var assignments = new List<Assignment>();
            for (var i = 0; i <= edges.Length; i++)
                if (one.names[i] != "" && (i > 0 || one.open % 2 == 1) && (i < edges.Length || one.open > 1))
                    assignments.Add(new("desk-1", one.names[i], i == 0 ? null : At(edges[i - 1]), i == edges.Length ? null : At(edges[i])));
            var wearing = new Wearing(assignments);
            return Enumerable.Range(-1, 103).Select(At).All(at => (string[])["anna", "ben", "desk-1"] is var names
                && names.Count(name => wearing.SpansOf(name, "desk-1").Any(span => !(span.From > at) && !(span.To <= at))) == 1
                && wearing.SpansOf(wearing.WearerOf("desk-1", at), "desk-1").Any(span => !(span.From > at) && !(span.To <= at)));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Who_wears_nothing_still_may_be_a_device() =>
        Assert.Equal(["a", "anna", "b"], new Wearing([new("b", "anna", null, null), new("a", "anna", null, At(1)), new("c", "ben", null, null)]).DevicesOf("anna"));
}
