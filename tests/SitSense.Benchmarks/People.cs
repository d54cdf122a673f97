using System.CommandLine;
using System.Globalization;
using System.Reflection;
using SitSense.Firmware.Posture;
using SitSense.Testing;
using Samples = System.Collections.Generic.List<(long Ms, float[] V)>;

namespace SitSense.Benchmarks;

/// <summary>
/// How right a detector is on people it was not made for: its traits are chosen on all people but one and held against that one, for each in turn.
/// Then chosen on everybody, which is what the firmware has.
/// </summary>
/// <remarks>
/// Choosing is a walk: one to three traits at a time change by a random quarter (logarithm, normal), and what is better on the people it may see stays. Better is F1 of all
/// seconds, half of the F1 of the worst quarter of people, and seven tenths each of the share of chair clips that show one sit and one rise and of imagined
/// moves that change nothing; leaving the first guess costs a little. To be right by luck is made hard: each recording counts as it is and again with an MPU6050's
/// errors (of the thigh also as if people sat with low knees, at 40 and 36 degrees), each clip forwards, backwards and with these errors. A walk goes by chance, so there are
/// several, from other seeds, and what counts is the mean (of the logarithms) of what they chose; what each alone would have given is told beside it.
/// </remarks>
sealed class People
{
    const int Seed = 1;
    static readonly double[] LowThighs = [40, 36];

    // What a trait must be worth to leave the first guess: few people are seen, and a guess knows more than any of them.
    const double Faith = 0.01;
    const float LargestShare = 0.7f;

    readonly Func<object, MotionDetector> make;
    readonly FieldInfo[] traits;
    readonly List<(string Person, double Start, Samples Samples, List<(int Second, bool Sat)> Labels, bool Felt)> recordings = [];
    readonly List<(string Person, Samples Samples)> clips = [];
    readonly List<(Samples Samples, PostureKind Posture)> imagined;

    People(string place, Type traits, Func<object, MotionDetector> make)
    {
        this.make = make;
        this.traits = traits.GetFields();
        var random = new Random(Seed);
        imagined = place == "belt" ? ImaginedMoves.All() : [];
        // A thigh's recordings are longer, and its errors matter less.
        var draws = place == "belt" ? 6 : 1;
        var set = place == "belt" ? "hapt" : "motionsense";
        foreach (var file in Directory.GetFiles(Needs.Recordings(set), "*.csv.gz").Order())
        {
            var (person, rows) = (LabelledRecording.Person(file), LabelledRecording.Read(file));
            var labels = LabelledRecording.Seconds(rows).ToList();
            for (var draw = 0; draw <= draws; draw++)
                recordings.Add((person, rows[0].T, [.. LabelledRecording.Samples(draw == 0 ? rows : LabelledRecording.Felt(rows, random.Next()))], labels, draw > 0));
            if (place == "thigh")
                foreach (var degrees in LowThighs)
                    recordings.Add((person, rows[0].T, [.. LabelledRecording.Samples(LabelledRecording.SittingAt(rows, degrees))], labels, true));
            foreach (var clip in new[] { 2.0, 3.0 }.SelectMany(rest => LabelledRecording.ChairClips(rows, rest)))
                foreach (var version in new[] { clip, LabelledRecording.Backwards(clip), LabelledRecording.Felt(clip, random.Next()) })
                    clips.Add((person, [.. LabelledRecording.Samples(version)]));
        }
    }

    public static Command Create()
    {
        var place = new Argument<string>("place") { Description = "thigh or belt" }.AcceptOnlyFromAmong("thigh", "belt");
        var trials = new Option<int>("--trials") { DefaultValueFactory = _ => 100, Description = "How many changes of traits a walk tries." };
        var walks = new Option<int>("--walks") { DefaultValueFactory = _ => 4, Description = "How many walks there are each time." };
        var command = new Command("people", "Leave one person out: chooses a detector's traits on the others and scores it on the one.") { place, trials, walks };
        command.SetAction(parsed =>
        {
            try
            {
                if (parsed.GetValue(place) == "belt")
                    new People("belt", typeof(BeltTraits), people => new BeltDetector((BeltTraits)people)).Run(new BeltTraits(), FirstGuess.Belt(), parsed.GetValue(trials), parsed.GetValue(walks));
                else
                    new People("thigh", typeof(ThighTraits), people => new ThighDetector((ThighTraits)people)).Run(new ThighTraits(), FirstGuess.Thigh(), parsed.GetValue(trials), parsed.GetValue(walks));
                return 0;
            }
            catch (Xunit.Sdk.SkipException missing)
            {
                Console.Error.WriteLine("people " + missing.Message[(missing.Message.LastIndexOf('$') + 1)..]);
                return 1;
            }
        });
        return command;
    }

    void Run(object firmware, object guess, int trials, int walks)
    {
        Console.WriteLine("| person | sensitivity | specificity | F1, chosen on the others | by one walk each | undecided s | seconds | F1 of the firmware | with sensor errors |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
        var everybody = recordings.Select(recording => recording.Person).Distinct().ToList();
        var (left, made, felt) = (new Dictionary<string, Tally>(), Tallies(firmware, everybody, false), Tallies(firmware, everybody, true));
        var walked = Enumerable.Range(0, walks).Select(_ => new Dictionary<string, Tally>()).ToList();
        foreach (var person in everybody)
        {
            var chosen = Choose(guess, [.. everybody.Where(other => other != person)], trials, walks);
            left[person] = Tallies(Mean(chosen), [person], false)[person];
            for (var walk = 0; walk < walks; walk++)
                walked[walk][person] = Tallies(chosen[walk], [person], false)[person];
            Row(person, left[person], walked.Select(walk => walk[person]), made[person], felt[person]);
        }
        Row("**all**", Sum(left), walked.Select(Sum), Sum(made), Sum(felt));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\nworst person, chosen on the others: F1 {left.Values.Min(tally => tally.F1):f3}; by one walk: {Each(walked.Select(walk => walk.Values.MinBy(tally => tally.F1)))}"));
        var best = Mean(Choose(guess, everybody, trials, walks));
        Console.WriteLine("chosen on everybody: " + string.Join(", ", traits.Select(trait => string.Create(CultureInfo.InvariantCulture, $"{trait.Name} {trait.GetValue(best):g3}"))));
        Console.WriteLine("first guess " + Describe(guess, everybody));
        Console.WriteLine("chosen " + Describe(best, everybody));
    }

    static string Each(IEnumerable<Tally> walks) => string.Join(' ', walks.Select(tally => tally.F1.ToString("f3", CultureInfo.InvariantCulture)));

    static void Row(string person, Tally left, IEnumerable<Tally> walks, Tally made, Tally felt) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"| {person} | {left.Sensitivity:f3} | {left.Specificity:f3} | {left.F1:f3} | {Each(walks)} | {left.Undecided} | {left.Seconds} | {made.F1:f3} | {felt.F1:f3} |"));

    List<object> Choose(object guess, List<string> people, int trials, int walks) =>
        [.. Enumerable.Range(0, walks).Select(walk => Walk(guess, people, trials, new Random(Seed + walk)))];

    object Mean(List<object> chosen)
    {
        var mean = Activator.CreateInstance(chosen[0].GetType())!;
        foreach (var trait in traits)
            trait.SetValue(mean, (float)Math.Exp(chosen.Average(one => Math.Log((float)trait.GetValue(one)!))));
        return mean;
    }

    object Walk(object guess, List<string> people, int trials, Random random)
    {
        var best = guess;
        var worth = Worth(best, people);
        for (var trial = 0; trial < trials; trial++)
        {
            var other = Activator.CreateInstance(guess.GetType())!;
            foreach (var trait in traits)
                trait.SetValue(other, trait.GetValue(best));
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var trait = traits[random.Next(traits.Length)];
                var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
                var (before, after) = ((float)trait.GetValue(other)!, (float)trait.GetValue(other)! * (float)Math.Exp(0.25 * normal));
                trait.SetValue(other, before < 1 && after > LargestShare ? LargestShare : after);
            }
            var otherWorth = Worth(other, people) - Faith * traits.Sum(trait => Math.Pow(Math.Log((float)trait.GetValue(other)! / (float)trait.GetValue(guess)!), 2));
            if (otherWorth > worth)
                (best, worth) = (other, otherWorth);
        }
        return best;
    }

    double Worth(object people, List<string> seen)
    {
        var tallies = Tallies(people, seen, null);
        var worst = tallies.Values.Select(tally => tally.F1).Order().Take((tallies.Count + 3) / 4).Average();
        return Sum(tallies).F1 + 0.5 * worst + 0.7 * ClipsRight(people, seen) + 0.7 * ImaginedRight(people);
    }

    string Describe(object people, List<string> seen)
    {
        var tallies = Tallies(people, seen, null);
        return string.Create(CultureInfo.InvariantCulture, $"on everybody, with sensor errors as well: F1 {Sum(tallies).F1:f4}, worst {tallies.Values.Min(tally => tally.F1):f3}, chair clips right {ClipsRight(people, seen):f3}, imagined moves right {ImaginedRight(people):f3}");
    }

    // As recorded, with a sensor's errors, or both.
    Dictionary<string, Tally> Tallies(object people, List<string> seen, bool? errors)
    {
        var each = recordings.Where(recording => seen.Contains(recording.Person) && (errors ?? recording.Felt) == recording.Felt).ToList();
        var tallies = new Tally[each.Count];
        Parallel.For(0, each.Count, i => tallies[i] = Tally.Of(each[i].Labels, Changes(make(people), each[i].Start, each[i].Samples)));
        return each.Zip(tallies).GroupBy(one => one.First.Person).ToDictionary(person => person.Key, person => Sum(person.Select(one => one.Second)));
    }

    double ClipsRight(object people, List<string> seen)
    {
        var each = clips.Where(clip => seen.Contains(clip.Person)).ToList();
        var right = 0;
        Parallel.ForEach(each, clip =>
        {
            if (Seen(make(people), clip.Samples) == "SR")
                Interlocked.Increment(ref right);
        });
        return each.Count == 0 ? 0 : right / (double)each.Count;
    }

    double ImaginedRight(object people)
    {
        var right = 0;
        Parallel.ForEach(imagined, move =>
        {
            var detector = make(people);
            var (stayed, last) = (true, 0L);
            foreach (var (ms, v) in move.Samples)
            {
                stayed &= !detector.Add(ms, v[0], v[1], v[2], v[3], v[4], v[5]) || detector.Current == move.Posture || last < move.Samples[^1].Ms - ImaginedMoves.StaysMs;
                last = ms;
            }
            if (stayed && detector.Current == move.Posture)
                Interlocked.Increment(ref right);
        });
        return imagined.Count == 0 ? 0 : right / (double)imagined.Count;
    }

    static List<(double, bool?)> Changes(MotionDetector detector, double start, Samples samples)
    {
        var changes = new List<(double, bool?)>();
        foreach (var (ms, v) in samples)
            if (detector.Add(ms, v[0], v[1], v[2], v[3], v[4], v[5]))
                changes.Add((start + detector.Since / 1000.0, detector.Current switch { PostureKind.Sitting => true, PostureKind.Upright => false, _ => null }));
        return changes;
    }

    static string Seen(MotionDetector detector, Samples samples)
    {
        var seen = "";
        foreach (var (ms, v) in samples)
        {
            detector.Add(ms, v[0], v[1], v[2], v[3], v[4], v[5]);
            seen += detector.Seen switch { Transition.Sit => "S", Transition.Rise => "R", _ => "" };
        }
        return seen;
    }

    static Tally Sum(Dictionary<string, Tally> tallies) => Sum(tallies.Values);

    static Tally Sum(IEnumerable<Tally> tallies) => tallies.Aggregate(new Tally(), (a, b) => a + b);
}
