System.Console.WriteLine("service");
