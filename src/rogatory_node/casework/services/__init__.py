"""What officers do, one module an act. Each service takes the acting officer first and checks them."""
