namespace MQTTnet.Server.Internal;

/// <summary>All sessions' filters by their levels, so that a message costs its levels and its subscribers, however many others there are.</summary>
sealed class SubscriptionTree
{
    /// <summary>A deeper filter matches nothing; the same limit as Mosquitto's.</summary>
    const int DeepestFilter = 200;

    readonly Lock _changing = new();
    readonly Node _root = new();
    readonly Stack<(Node Node, int Start)> _toVisit = new();
    long _matching;

    /// <returns>Whether the session had no such filter before.</returns>
    public bool Add(Session session, Subscription subscription)
    {
        var filter = subscription.Filter.Topic;
        lock (_changing)
        {
            var isNew = !session.Subscriptions.ContainsKey(filter);
            session.Subscriptions[filter] = subscription;
            if (CanMatch(filter))
                Path(filter, create: true)[^1].Subscribers[session] = subscription;
            return isNew;
        }
    }

    /// <returns>Whether there was such a filter.</returns>
    public bool Remove(Session session, string filter)
    {
        lock (_changing)
        {
            if (!session.Subscriptions.Remove(filter))
                return false;
            RemoveFromPath(session, filter);
            return true;
        }
    }

    public void RemoveAll(Session session)
    {
        lock (_changing)
        {
            foreach (var filter in session.Subscriptions.Keys)
                RemoveFromPath(session, filter);
            session.Subscriptions.Clear();
        }
    }

    /// <summary>Who gets a message; <paramref name="senderId"/> is passed over by its filters that want nothing of its own.</summary>
    public List<SubscriberMatch> Match(string topic, string senderId)
    {
        var matches = new List<SubscriberMatch>();
        lock (_changing)
        {
            _matching++;
            _toVisit.Push((_root, 0));
            while (_toVisit.TryPop(out var at))
            {
                var wildcards = at.Start > 0 || topic[0] != MqttTopicFilterComparer.ReservedTopicPrefix;
                if (wildcards && at.Node.Hash is { } hash)
                    Collect(hash, senderId, matches);
                if (at.Start > topic.Length)
                {
                    Collect(at.Node, senderId, matches);
                    continue;
                }
                var rest = topic.AsSpan(at.Start);
                var end = rest.IndexOf(MqttTopicFilterComparer.LevelSeparator);
                var level = end < 0 ? rest : rest[..end];
                var next = at.Start + level.Length + 1;
                if (at.Node.Child(level) is { } child)
                    _toVisit.Push((child, next));
                if (wildcards && at.Node.Plus is { } plus)
                    _toVisit.Push((plus, next));
            }
        }
        return matches;
    }

    void Collect(Node node, string senderId, List<SubscriberMatch> matches)
    {
        foreach (var (session, subscription) in node.Subscribers)
        {
            if (subscription.Filter.NoLocal && session.Id == senderId)
                continue;
            if (session.LastMatching != _matching)
            {
                (session.LastMatching, session.LastMatch) = (_matching, matches.Count);
                matches.Add(new SubscriberMatch(session, subscription.GrantedQoS, false, null));
            }
            var match = matches[session.LastMatch];
            if (subscription.GrantedQoS > match.MaximumQoS)
                match.MaximumQoS = subscription.GrantedQoS;
            match.RetainAsPublished |= subscription.Filter.RetainAsPublished;
            if (subscription.Identifier > 0 && match.Identifiers?.Contains(subscription.Identifier) != true)
                (match.Identifiers ??= []).Add(subscription.Identifier);
            matches[session.LastMatch] = match;
        }
    }

    void RemoveFromPath(Session session, string filter)
    {
        if (!CanMatch(filter))
            return;
        var path = Path(filter, create: false);
        if (path is null)
            return;
        path[^1].Subscribers.Remove(session);
        var levels = filter.Split(MqttTopicFilterComparer.LevelSeparator);
        for (var depth = levels.Length; depth > 0 && path[depth].IsEmpty; depth--)
            path[depth - 1].Drop(levels[depth - 1]);
    }

    /// <summary>The nodes from the root to a filter's last level; null when they are not there.</summary>
    List<Node> Path(string filter, bool create)
    {
        List<Node> path = [_root];
        foreach (var level in filter.Split(MqttTopicFilterComparer.LevelSeparator))
        {
            var next = path[^1].For(level, create);
            if (next is null)
                return null;
            path.Add(next);
        }
        return path;
    }

    static bool CanMatch(string filter) =>
        MqttTopicFilterComparer.IsValidFilter(filter) && filter.AsSpan().Count(MqttTopicFilterComparer.LevelSeparator) < DeepestFilter;

    sealed class Node
    {
        Dictionary<string, Node> _children;

        public Dictionary<Session, Subscription> Subscribers { get; } = [];

        public Node Plus { get; private set; }

        public Node Hash { get; private set; }

        public bool IsEmpty => Subscribers.Count == 0 && Plus is null && Hash is null && _children is null or { Count: 0 };

        public Node Child(ReadOnlySpan<char> level) =>
            _children is not null && _children.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var child) ? child : null;

        public Node For(string level, bool create)
        {
            var found = level switch { "+" => Plus, "#" => Hash, _ => Child(level) };
            if (found is not null || !create)
                return found;
            return level switch
            {
                "+" => Plus = new Node(),
                "#" => Hash = new Node(),
                _ => (_children ??= [])[level] = new Node(),
            };
        }

        public void Drop(string level)
        {
            switch (level)
            {
                case "+": Plus = null; break;
                case "#": Hash = null; break;
                default: _children.Remove(level); break;
            }
        }
    }
}
